#include "cwmp/auth.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cpestorm::cwmp {
namespace {

std::optional<challenge> choose(std::vector<std::string_view> headers)
{
    return choose_challenge(headers);
}

TEST(choose_challenge, H09_reads_every_parameter)
{
    const auto c = choose({"Digest realm=\"a \\\"b\\\" c\", nonce=\"n,1=2\", opaque=\"\", "
                           "algorithm=MD5-sess, qop=\"auth,auth-int\", stale=TRUE, domain=\"/x\""});
    ASSERT_TRUE(c);
    EXPECT_EQ(c->scheme, auth_scheme::digest);
    EXPECT_EQ(c->realm, "a \"b\" c");
    EXPECT_EQ(c->nonce, "n,1=2");
    EXPECT_EQ(c->opaque, "");
    EXPECT_EQ(c->algorithm, digest_algorithm::md5_sess);
    EXPECT_TRUE(c->qop_auth);
    EXPECT_TRUE(c->stale);
}

TEST(choose_challenge, TOL23_algorithm_qop_and_opaque_may_be_missing)
{
    const auto c = choose({"digest Realm=GenieACS , NONCE = abc"});
    ASSERT_TRUE(c);
    EXPECT_EQ(c->algorithm, digest_algorithm::md5);
    EXPECT_EQ(c->realm, "GenieACS");
    EXPECT_EQ(c->nonce, "abc");
    EXPECT_FALSE(c->opaque);
    EXPECT_FALSE(c->qop_auth);
    EXPECT_FALSE(c->stale);
}

TEST(choose_challenge, TOL23_qop_list_without_quotes)
{
    for (const auto* header :
         {"Digest qop=auth,auth-int,realm=r,nonce=n", "Digest qop=auth-int,auth,realm=r,nonce=n",
          "Digest qop=auth, auth-int, realm=\"r\", nonce=\"n\""}) {
        const auto c = choose({header});
        ASSERT_TRUE(c) << header;
        EXPECT_TRUE(c->qop_auth) << header;
        EXPECT_EQ(c->nonce, "n");
    }
}

TEST(choose_challenge, takes_the_strongest_wherever_it_stands)
{
    constexpr auto md5 = "Digest realm=\"m\", nonce=\"1\"";
    constexpr auto sha = "Digest realm=\"s\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"";
    constexpr auto basic = "Basic realm=\"b\"";
    for (const auto& order : std::vector<std::vector<std::string_view>>{
             {md5, sha, basic}, {basic, sha, md5}, {sha, basic}, {basic, md5, sha}})
        EXPECT_EQ(choose(order)->realm, "s");
    EXPECT_EQ(choose({basic, md5})->realm, "m");
    EXPECT_EQ(choose({basic})->scheme, auth_scheme::basic);
}

TEST(choose_challenge, TOL23_several_in_one_value)
{
    const auto c = choose({"Negotiate, Basic realm=\"b, Digest\", Digest realm=\"d\", "
                           "nonce=\"n\", NTLM TlRM/TVNT=="});
    ASSERT_TRUE(c);
    EXPECT_EQ(c->scheme, auth_scheme::digest);
    EXPECT_EQ(c->realm, "d");
    EXPECT_EQ(choose({"Negotiate oYG2MIGz==, Basic realm=x"})->scheme, auth_scheme::basic);
}

TEST(choose_challenge, leaves_what_it_cannot_answer)
{
    for (const auto* header :
         {"", "   ", ",,,", "Negotiate", "Digest", "Digest realm=\"r\"", "Digest nonce=\"\"",
          "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256",
          "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"", "realm=\"r\", nonce=\"n\"", "=\"",
          "Bearer realm=\"x\""})
        EXPECT_FALSE(choose({header})) << header;
    EXPECT_FALSE(choose({}));
}

TEST(choose_challenge, ends_for_every_truncation)
{
    const std::string_view whole = "Digest realm=\"a\\\"b\", nonce=\"n\", qop=\"auth\" , Basic x==";
    for (std::size_t n = 0; n <= whole.size(); ++n)
        (void)choose({whole.substr(0, n)});
    EXPECT_TRUE(choose({whole}));
}

TEST(next_nonce, H09_is_read_from_authentication_info)
{
    EXPECT_EQ(parse_next_nonce("qop=auth, rspauth=\"0\", nextnonce=\"abc\", nc=00000001"), "abc");
    EXPECT_EQ(parse_next_nonce("nextnonce=abc"), "abc");
    EXPECT_FALSE(parse_next_nonce("rspauth=\"nextnonce\""));
    EXPECT_FALSE(parse_next_nonce("nextnonce=\"\""));
    EXPECT_FALSE(parse_next_nonce(""));
}

} // namespace
} // namespace cpestorm::cwmp
