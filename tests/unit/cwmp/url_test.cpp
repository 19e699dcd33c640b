#include "base/limits.hpp"
#include "cwmp/url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cpestorm::cwmp {
namespace {

TEST(split_url, TOL28_parts)
{
    const auto u = split_url("HTTPS://user:pw@acs.example:7547/cwmp?x=1#top");
    ASSERT_TRUE(u);
    EXPECT_TRUE(u->tls);
    EXPECT_EQ(u->authority, "acs.example:7547");
    EXPECT_EQ(u->target, "/cwmp?x=1");
    for (const auto* bad : {"", "http:", "http://", "http:///x", "ftp://h/", "acs.example/cwmp"})
        EXPECT_FALSE(split_url(bad)) << bad;
}

TEST(request_target, TOL28_is_what_goes_into_the_request_line)
{
    EXPECT_EQ(request_target("http://acs:7547"), "/");
    EXPECT_EQ(request_target("http://acs/"), "/");
    EXPECT_EQ(request_target("http://acs?x=1"), "/?x=1");
    EXPECT_EQ(request_target("http://acs/a/b?x=1#f"), "/a/b?x=1");
}

TEST(same_origin, needs_the_same_scheme_host_and_port)
{
    EXPECT_TRUE(same_origin("http://acs/a", "HTTP://ACS:80/b"));
    EXPECT_TRUE(same_origin("https://acs", "https://u:p@acs:443/"));
    EXPECT_TRUE(same_origin("http://[::1]:7547/", "http://[::1]:7547/x"));
    EXPECT_FALSE(same_origin("http://acs/", "https://acs/"));
    EXPECT_FALSE(same_origin("http://acs/", "http://acs:7547/"));
    EXPECT_FALSE(same_origin("http://acs/", "http://acs2/"));
    EXPECT_FALSE(same_origin("https://acs/", "https://acs:80/"));
}

TEST(follow_location, TOL25_absolute_and_relative)
{
    const auto from = [](std::string_view location) {
        return follow_location("http://acs:7547/a/b?q=1", location).value_or("nothing");
    };
    EXPECT_EQ(from("https://other/x"), "https://other/x");
    EXPECT_EQ(from(" /x?y=2 "), "http://acs:7547/x?y=2");
    EXPECT_EQ(from("c"), "http://acs:7547/a/c");
    EXPECT_EQ(from("?z"), "http://acs:7547/a/b?z");
    EXPECT_EQ(from("//other:1/x"), "http://other:1/x");
    EXPECT_EQ(from("c?next=http://x"), "http://acs:7547/a/c?next=http://x");
    EXPECT_EQ(follow_location("https://acs", "x"), "https://acs/x");
    EXPECT_EQ(follow_location("https://acs", "//h"), "https://h");
}

TEST(follow_location, RD4_refuses_what_leads_nowhere)
{
    const std::string_view from = "http://acs/a";
    for (const auto* bad : {"", "  ", "ftp://x/", "javascript:alert(1)", "//", "http://", "a b",
                            "/x\r\nHost: y", "mailto:a@b"})
        EXPECT_FALSE(follow_location(from, bad)) << bad;
    EXPECT_FALSE(follow_location(from, "/" + std::string(base::limits::url_bytes, 'x')));
}

} // namespace
} // namespace cpestorm::cwmp
