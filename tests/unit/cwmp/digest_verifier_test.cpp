#include "cwmp/auth.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace cpestorm::cwmp {
namespace {

using enum digest_verifier::verdict;

const credentials login{"acs", "secret"};

class verifier : public testing::Test {
protected:
    // What a client answers to a challenge made at `made`.
    std::string answer(std::uint32_t made, const credentials& who = login,
                       std::string_view target = "/cr", digest_algorithm a = digest_algorithm::md5,
                       bool qop = true)
    {
        const std::string header = server.make_challenge(made);
        const std::array<std::string_view, 1> headers{header};
        auto c = choose_challenge(headers);
        EXPECT_TRUE(c);
        c->algorithm = a;
        c->qop_auth = qop;
        client.take(*c, "0123456789abcdef");
        return client.authorize(who, "GET", target);
    }
    auto check(std::string_view header, std::uint32_t now, bool basic = false,
               std::uint32_t* nc = nullptr)
    {
        return server.check(header, "GET", "/cr", login, now, basic, nc);
    }

    digest_verifier server{"cpe", "0123456789", 60};
    authenticator client;
};

std::string replace(std::string s, std::string_view from, std::string_view to)
{
    const auto at = s.find(from);
    EXPECT_NE(at, s.npos) << from << " in " << s;
    return s.replace(at, from.size(), to);
}

TEST_F(verifier, C01_accepts_the_right_answer_in_every_form)
{
    using enum digest_algorithm;
    for (const auto a : {md5, md5_sess, sha256, sha256_sess})
        for (const bool qop : {true, false})
            EXPECT_EQ(check(answer(1000, login, "/cr", a, qop), 1000), ok);
}

TEST_F(verifier, C01_refuses_what_is_wrong)
{
    EXPECT_EQ(check(answer(1000, {"acs", "guess"}), 1000), wrong);
    EXPECT_EQ(check(answer(1000, {"sca", "secret"}), 1000), wrong);
    EXPECT_EQ(check(answer(1000, login, "/other"), 1000), wrong);
    const auto right = answer(1000);
    EXPECT_EQ(server.check(right, "POST", "/cr", login, 1000), wrong);
    EXPECT_EQ(check(replace(right, "realm=\"cpe\"", "realm=\"eps\""), 1000), wrong);
    EXPECT_EQ(check(replace(right, "nonce=\"000003e8", "nonce=\"000003e9"), 1001), wrong);
    EXPECT_EQ(digest_verifier("cpe", "another secret", 60).check(right, "GET", "/cr", login, 1000),
              wrong);
}

TEST_F(verifier, C05_an_old_nonce_is_stale_only_if_the_answer_is_right)
{
    EXPECT_EQ(check(answer(1000), 1060), ok);
    EXPECT_EQ(check(answer(1000), 1061), stale);
    EXPECT_EQ(check(answer(1000, {"acs", "guess"}), 1061), wrong);
    EXPECT_EQ(check(answer(1001), 1000), wrong) << "a nonce from the future";
}

TEST_F(verifier, C05_tells_the_nonce_count)
{
    std::uint32_t nc = 0;
    EXPECT_EQ(check(answer(1), 1, false, &nc), ok);
    EXPECT_EQ(nc, 1u);
    EXPECT_EQ(check(client.authorize(login, "GET", "/cr"), 1, false, &nc), ok);
    EXPECT_EQ(nc, 2u);
}

TEST_F(verifier, absent_and_malformed)
{
    EXPECT_EQ(check("", 1), absent);
    EXPECT_EQ(check("Bearer abc", 1), absent);
    EXPECT_EQ(check("Basic YWNzOnNlY3JldA==", 1), absent);
    EXPECT_EQ(check("Digest", 1), malformed);
    EXPECT_EQ(check("Digest username=\"acs\"", 1), malformed);
    EXPECT_EQ(check(replace(answer(1), "nc=00000001", "nc=1"), 1), malformed);
    EXPECT_EQ(check(replace(answer(1), "nc=00000001", "nc=0000000g"), 1), malformed);
    EXPECT_EQ(check(replace(answer(1), "qop=auth", "qop=auth-int"), 1), malformed);
    EXPECT_EQ(check(replace(answer(1), "algorithm=MD5", "algorithm=MD4"), 1), malformed);
    EXPECT_EQ(check(replace(answer(1), "cnonce=\"0123456789abcdef\"", "cnonce=\"\""), 1),
              malformed);
}

TEST_F(verifier, any_truncation_is_refused)
{
    const auto whole = answer(1);
    for (std::size_t n = 0; n + 1 < whole.size(); ++n)
        EXPECT_NE(check(std::string_view(whole).substr(0, n), 1), ok) << whole.substr(0, n);
}

TEST_F(verifier, TOL23_upper_case_hex_is_accepted)
{
    auto header = answer(1);
    const auto at = header.find("response=\"") + 10;
    for (auto i = at; header[i] != '"'; ++i)
        header[i] = static_cast<char>(std::toupper(header[i]));
    EXPECT_EQ(check(header, 1), ok);
}

TEST_F(verifier, basic_if_allowed)
{
    EXPECT_EQ(check("Basic YWNzOnNlY3JldA==", 1, true), ok);
    EXPECT_EQ(check("basic   YWNzOnNlY3JldA==", 1, true), ok);
    EXPECT_EQ(check("Basic YWNzOmd1ZXNz", 1, true), wrong); // acs:guess
    EXPECT_EQ(check("Basic !!!", 1, true), malformed);
    EXPECT_EQ(check("Basic YWNz", 1, true), malformed); // no colon
    EXPECT_EQ(check(answer(1), 1, true), ok);
}

TEST_F(verifier, a_challenge_says_stale)
{
    EXPECT_EQ(server.make_challenge(1).find("stale"), std::string::npos);
    EXPECT_NE(server.make_challenge(1, true).find("stale=true"), std::string::npos);
    EXPECT_NE(server.make_challenge(1), server.make_challenge(2));
}

} // namespace
} // namespace cpestorm::cwmp
