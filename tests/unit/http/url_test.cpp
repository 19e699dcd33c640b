#include "http/url.hpp"

#include <gtest/gtest.h>

namespace cpestorm::http {
namespace {

struct good_url {
    const char* text;
    url expected;
};

class GoodUrl : public testing::TestWithParam<good_url> {};

TEST_P(GoodUrl, IsTakenApart)
{
    const auto parsed = parse_url(GetParam().text);
    ASSERT_TRUE(parsed) << parsed.error().text();
    EXPECT_EQ(*parsed, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, GoodUrl,
    testing::Values(good_url{"http://acs.example/", {false, "acs.example", 80, "/", "acs.example"}},
                    good_url{"http://acs:7547", {false, "acs", 7547, "/", "acs:7547"}},
                    good_url{"https://acs/cwmp?a=b#c", {true, "acs", 443, "/cwmp?a=b", "acs"}},
                    good_url{"HTTPS://acs:443/x", {true, "acs", 443, "/x", "acs"}},
                    good_url{"http://user:pass@acs/", {false, "acs", 80, "/", "acs"}},
                    good_url{"http://[::1]:7547/a", {false, "::1", 7547, "/a", "[::1]:7547"}},
                    good_url{"http://10.0.0.1/%20x",
                             {false, "10.0.0.1", 80, "/%20x", "10.0.0.1"}}));

TEST(Url, RefusesWhatItCannotUse)
{
    for (const char* text :
         {"", "acs", "ftp://acs/", "http://", "http://acs:0/", "http://acs:99999/", "http://a b/",
          "/path", "http://a%00%0d%0aX:%20y/", "http://a%20b/", "http://127.0.0.1%00:80/p"}) {
        const auto parsed = parse_url(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_NE(parsed.error().what.find("not a usable URL"), std::string::npos);
    }
}

TEST(Authority, IsAddressAndPort)
{
    const auto v4 = parse_authority("127.0.0.1:7547");
    ASSERT_TRUE(v4);
    EXPECT_EQ(v4->address, "127.0.0.1");
    EXPECT_EQ(v4->port, 7547);
    EXPECT_EQ(parse_authority(":80")->address, "0.0.0.0");
    EXPECT_EQ(parse_authority("localhost:80")->address, "127.0.0.1");
    EXPECT_EQ(parse_authority("[::1]:80")->address, "::1");
    for (const char* text : {"", "127.0.0.1", "acs:80", "127.0.0.1:", "127.0.0.1:70000"})
        EXPECT_FALSE(parse_authority(text)) << text;
}

} // namespace
} // namespace cpestorm::http
