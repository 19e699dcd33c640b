#include "cwmp/turn.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <set>
#include <utility>

namespace cpestorm::cwmp {
namespace {

constexpr auto all_turns = {
    turn::cpe_inform, turn::acs_inform_response, turn::cpe_free, turn::acs_response,
    turn::acs_free,   turn::cpe_response,        turn::over};
constexpr auto all_said = {said::cpe_inform,      said::cpe_request,         said::cpe_response,
                           said::cpe_empty,       said::acs_inform_response, said::acs_inform_fault,
                           said::acs_retry_fault, said::acs_request,         said::acs_response,
                           said::acs_empty};

// A conversation brought to a turn. At acs_free, cpe_response and over the CPE is done.
conversation at(turn t)
{
    conversation c;
    const auto say = [&c](std::initializer_list<said> all) {
        for (const auto what : all)
            EXPECT_TRUE(c.take(what)) << name(what);
    };
    using enum said;
    switch (t) {
    case turn::cpe_inform:
        break;
    case turn::acs_inform_response:
        say({cpe_inform});
        break;
    case turn::cpe_free:
        say({cpe_inform, acs_inform_response});
        break;
    case turn::acs_response:
        say({cpe_inform, acs_inform_response, cpe_request});
        break;
    case turn::acs_free:
        say({cpe_inform, acs_inform_response, cpe_empty});
        break;
    case turn::cpe_response:
        say({cpe_inform, acs_inform_response, cpe_empty, acs_request});
        break;
    case turn::over:
        say({cpe_inform, acs_inform_response, cpe_empty, said::acs_empty});
        break;
    }
    EXPECT_EQ(c.now(), t);
    return c;
}

TEST(conversation, S04_every_turn_with_everything_said)
{
    const std::set<std::pair<turn, said>> legal{
        {turn::cpe_inform, said::cpe_inform},
        {turn::acs_inform_response, said::acs_inform_response},
        {turn::acs_inform_response, said::acs_inform_fault},
        {turn::acs_inform_response, said::acs_retry_fault},
        {turn::cpe_free, said::cpe_request},
        {turn::cpe_free, said::cpe_empty},
        {turn::acs_response, said::acs_response},
        {turn::acs_response, said::acs_retry_fault},
        {turn::acs_free, said::acs_request},
        {turn::acs_free, said::acs_empty},
        {turn::cpe_response, said::cpe_response},
    };
    for (const auto t : all_turns)
        for (const auto what : all_said)
            for (const bool hold : {false, true}) {
                auto c = at(t);
                EXPECT_EQ(c.take(what, hold), legal.contains({t, what}))
                    << name(t) << " / " << name(what);
                if (!legal.contains({t, what})) {
                    EXPECT_EQ(c.now(), t) << "what is not legal changes nothing";
                }
            }
}

TEST(conversation, S01_fault_8005_repeats_the_inform_and_others_end_it)
{
    auto c = at(turn::acs_inform_response);
    EXPECT_TRUE(c.take(said::acs_retry_fault));
    EXPECT_EQ(c.now(), turn::cpe_inform);
    EXPECT_TRUE(c.take(said::cpe_inform));
    EXPECT_TRUE(c.take(said::acs_inform_fault));
    EXPECT_EQ(c.now(), turn::over);
}

TEST(conversation, S02_hold_keeps_the_cpe_from_asking)
{
    auto c = at(turn::acs_inform_response);
    EXPECT_TRUE(c.take(said::acs_inform_response, true));
    EXPECT_FALSE(c.cpe_may_request());
    EXPECT_FALSE(c.take(said::cpe_request));
    EXPECT_TRUE(c.take(said::cpe_empty));
    EXPECT_FALSE(c.cpe_done()) << "an empty POST on hold is not the last";
    EXPECT_TRUE(c.take(said::acs_request, true));
    EXPECT_TRUE(c.take(said::cpe_response));
    EXPECT_TRUE(c.take(said::acs_empty));
    EXPECT_EQ(c.now(), turn::cpe_free);
    EXPECT_TRUE(c.cpe_may_request());
    EXPECT_TRUE(c.take(said::cpe_request));
    EXPECT_TRUE(c.take(said::acs_response));
    EXPECT_TRUE(c.take(said::cpe_empty));
    EXPECT_TRUE(c.cpe_done());
    EXPECT_TRUE(c.take(said::acs_empty));
    EXPECT_EQ(c.now(), turn::over);
}

TEST(conversation, S02_hold_of_a_response_counts_until_the_next_message)
{
    auto c = at(turn::acs_response);
    EXPECT_TRUE(c.take(said::acs_response, true));
    EXPECT_FALSE(c.cpe_may_request());
    EXPECT_TRUE(c.take(said::cpe_empty));
    EXPECT_TRUE(c.take(said::acs_empty, true)) << "an empty response cannot hold";
    EXPECT_TRUE(c.cpe_may_request());
}

TEST(conversation, S03_no_request_after_the_last_empty_post)
{
    auto c = at(turn::acs_free);
    EXPECT_TRUE(c.cpe_done());
    EXPECT_FALSE(c.cpe_may_request());
    EXPECT_FALSE(c.take(said::cpe_request));
    EXPECT_TRUE(c.take(said::acs_request));
    EXPECT_FALSE(c.take(said::cpe_request));
    EXPECT_TRUE(c.take(said::cpe_response));
    EXPECT_FALSE(c.cpe_may_request());
}

TEST(conversation, P16_a_request_may_be_repeated)
{
    auto c = at(turn::acs_response);
    EXPECT_TRUE(c.take(said::acs_retry_fault));
    EXPECT_TRUE(c.cpe_may_request());
    EXPECT_TRUE(c.take(said::cpe_request));
    EXPECT_EQ(c.now(), turn::acs_response);
}

TEST(conversation, every_name_is_different)
{
    std::set<std::string_view> names;
    for (const auto t : all_turns)
        names.insert(name(t));
    EXPECT_EQ(names.size(), all_turns.size());
    names.clear();
    for (const auto s : all_said)
        names.insert(name(s));
    EXPECT_EQ(names.size(), all_said.size());
}

} // namespace
} // namespace cpestorm::cwmp
