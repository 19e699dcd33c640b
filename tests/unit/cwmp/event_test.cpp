#include "base/limits.hpp"
#include "cwmp/event.hpp"

#include <gmock/gmock.h>

namespace cpestorm::cwmp {
namespace {

using testing::ElementsAre;

// The codes an Inform lists now, with their keys: "M Reboot:key".
std::vector<std::string> codes(pending_events& p, pending_events::listed* sent = nullptr)
{
    std::vector<soap::event_struct> events;
    const auto listed = p.list(events);
    if (sent != nullptr) *sent = listed;
    std::vector<std::string> out;
    for (const auto& e : events)
        out.push_back(e.command_key.empty() ? e.code : e.code + ':' + e.command_key);
    return out;
}

// Raises every event there is, sends them all, and tells what is left after `then`.
template <class Then>
std::vector<std::string> left_of_all(Then then)
{
    pending_events p;
    for (std::size_t i = 0; i != base::event_count; ++i) {
        const auto e = static_cast<event>(i);
        if (base::name(e).starts_with("M "))
            p.raise(e, "k");
        else
            p.raise(e);
    }
    pending_events::listed sent;
    EXPECT_EQ(codes(p, &sent).size(), base::event_count);
    then(p, sent);
    return codes(p);
}

TEST(pending_events, SES13_an_inform_lists_all_in_their_order)
{
    pending_events p;
    EXPECT_TRUE(p.empty());
    p.raise(event::m_reboot, "r1");
    p.raise(event::periodic);
    p.raise(event::boot);
    p.raise(event::periodic);
    EXPECT_FALSE(p.empty());
    EXPECT_THAT(codes(p), ElementsAre("1 BOOT", "2 PERIODIC", "M Reboot:r1"));
    EXPECT_TRUE(p.has(event::boot));
    EXPECT_TRUE(p.has(event::m_reboot));
    EXPECT_FALSE(p.has(event::m_download));
    p.clear();
    EXPECT_TRUE(p.empty());
}

TEST(pending_events, takes_over_the_list_it_is_given)
{
    pending_events p;
    p.raise(event::boot);
    std::vector<soap::event_struct> events(3, {"old", "key"});
    (void)p.list(events);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0], (soap::event_struct{"1 BOOT", ""}));
}

TEST(pending_events, E01_E02_bootstrap_discards_all_but_boot)
{
    pending_events p;
    p.raise(event::boot);
    p.raise(event::periodic);
    p.raise(event::value_change);
    p.raise(event::m_download, "d");
    p.raise(event::bootstrap);
    EXPECT_THAT(codes(p), ElementsAre("0 BOOTSTRAP", "1 BOOT"));
    p.raise(event::bootstrap);
    EXPECT_THAT(codes(p), ElementsAre("0 BOOTSTRAP", "1 BOOT"));
}

TEST(pending_events, E02_bootstrap_survives_failures_and_reboots)
{
    pending_events p;
    p.raise(event::bootstrap);
    pending_events::listed sent;
    (void)codes(p, &sent);
    p.session_failed(sent);
    p.rebooted();
    EXPECT_TRUE(p.has(event::bootstrap));
    p.inform_acknowledged(sent);
    EXPECT_TRUE(p.empty());
}

TEST(pending_events, E04_E05_E10_what_a_reboot_leaves)
{
    EXPECT_THAT(left_of_all([](auto& p, auto&) { p.rebooted(); }),
                ElementsAre("0 BOOTSTRAP", "2 PERIODIC", "3 SCHEDULED", "7 TRANSFER COMPLETE",
                            "10 AUTONOMOUS TRANSFER COMPLETE", "11 DU STATE CHANGE COMPLETE",
                            "12 AUTONOMOUS DU STATE CHANGE COMPLETE", "M Reboot:k",
                            "M ScheduleInform:k", "M Download:k", "M ScheduleDownload:k",
                            "M Upload:k", "M ChangeDUState:k"));
}

TEST(pending_events, E06_connection_request_is_not_retried)
{
    const auto left = left_of_all([](auto& p, auto& sent) { p.session_failed(sent); });
    EXPECT_THAT(left, testing::IsSupersetOf({"1 BOOT", "2 PERIODIC", "4 VALUE CHANGE"}));
    EXPECT_EQ(left.size(), base::event_count - 4);
    for (const auto* gone :
         {"5 KICKED", "6 CONNECTION REQUEST", "9 REQUEST DOWNLOAD", "14 HEARTBEAT"})
        EXPECT_THAT(left, testing::Not(testing::Contains(gone)));
}

TEST(pending_events, E07_what_an_inform_response_does_not_deliver)
{
    EXPECT_THAT(left_of_all([](auto& p, auto& sent) { p.inform_acknowledged(sent); }),
                ElementsAre("5 KICKED", "7 TRANSFER COMPLETE", "9 REQUEST DOWNLOAD",
                            "10 AUTONOMOUS TRANSFER COMPLETE", "11 DU STATE CHANGE COMPLETE",
                            "12 AUTONOMOUS DU STATE CHANGE COMPLETE", "M Download:k",
                            "M ScheduleDownload:k", "M Upload:k", "M ChangeDUState:k"));
}

TEST(pending_events, E06_one_raised_after_the_inform_is_kept)
{
    pending_events p;
    p.raise(event::periodic);
    pending_events::listed sent;
    (void)codes(p, &sent);
    p.raise(event::connection_request);
    p.raise(event::m_reboot, "later");
    p.inform_acknowledged(sent);
    EXPECT_THAT(codes(p), ElementsAre("6 CONNECTION REQUEST", "M Reboot:later"));
    p.session_failed(sent);
    EXPECT_TRUE(p.has(event::connection_request));
}

TEST(pending_events, SES12_one_raised_again_in_mid_session_is_kept)
{
    pending_events p;
    p.raise(event::value_change);
    p.raise(event::connection_request);
    pending_events::listed sent;
    (void)codes(p, &sent);
    p.raise(event::value_change);
    p.inform_acknowledged(sent);
    EXPECT_THAT(codes(p, &sent), ElementsAre("4 VALUE CHANGE"));
    p.inform_acknowledged(sent);
    EXPECT_TRUE(p.empty());
}

TEST(pending_events, E08_two_downloads)
{
    pending_events p;
    p.raise(event::transfer_complete);
    p.raise(event::m_download, "a");
    p.raise(event::transfer_complete);
    p.raise(event::m_download, "b");
    pending_events::listed sent;
    EXPECT_THAT(codes(p, &sent),
                ElementsAre("7 TRANSFER COMPLETE", "M Download:a", "M Download:b"));
    p.inform_acknowledged(sent);
    p.rebooted();
    EXPECT_THAT(codes(p), ElementsAre("7 TRANSFER COMPLETE", "M Download:a", "M Download:b"));
    p.transfer_acknowledged("b");
    EXPECT_THAT(codes(p), ElementsAre("7 TRANSFER COMPLETE", "M Download:a"));
    p.transfer_acknowledged("a");
    EXPECT_TRUE(p.empty());
}

TEST(pending_events, E08_two_downloads_of_one_command_key)
{
    pending_events p;
    p.raise(event::transfer_complete);
    p.raise(event::m_download, "k");
    p.raise(event::m_upload, "k");
    p.transfer_acknowledged("k");
    EXPECT_THAT(codes(p), ElementsAre("7 TRANSFER COMPLETE", "M Upload:k"));
    p.transfer_acknowledged("k");
    EXPECT_TRUE(p.empty());
}

TEST(pending_events, E09_at_most_64_in_an_inform_and_none_is_lost)
{
    pending_events p;
    p.raise(event::boot);
    for (int i = 0; i != 100; ++i)
        p.raise(event::m_reboot, std::to_string(i));
    pending_events::listed sent;
    const auto first = codes(p, &sent);
    EXPECT_EQ(first.size(), base::limits::inform_events);
    EXPECT_EQ(first[1], "M Reboot:0");
    p.inform_acknowledged(sent);
    const auto second = codes(p, &sent);
    EXPECT_EQ(second.size(), 101 - base::limits::inform_events);
    EXPECT_EQ(second.front(), "M Reboot:63");
    p.inform_acknowledged(sent);
    EXPECT_TRUE(p.empty());
}

TEST(pending_events, every_event_has_its_rule)
{
    EXPECT_EQ(retention_of(event::bootstrap), retention::never_discard);
    EXPECT_EQ(retention_of(event::boot), retention::until_reboot);
    EXPECT_EQ(retention_of(event::kicked), retention::optional);
    EXPECT_EQ(retention_of(event::connection_request), retention::not_retried);
    EXPECT_EQ(delivered_by(event::boot), base::method::inform);
    EXPECT_EQ(delivered_by(event::m_reboot), base::method::inform);
    EXPECT_EQ(delivered_by(event::m_download), base::method::transfer_complete);
    EXPECT_EQ(delivered_by(event::m_change_du_state), base::method::other);
}

TEST(pending_events, costs_16_bytes_while_no_keyed_event_is_pending)
{
    EXPECT_EQ(sizeof(pending_events), 16u);
}

} // namespace
} // namespace cpestorm::cwmp
