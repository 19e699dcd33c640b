#include "base/limits.hpp"
#include "cwmp/cookies.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace cpestorm::cwmp {
namespace {

std::string header(std::initializer_list<std::string_view> set_cookie)
{
    cookie_jar jar;
    for (const auto value : set_cookie)
        jar.take(value);
    return std::string(jar.header());
}

TEST(cookie_jar, H13_keeps_several_and_replaces_by_name)
{
    EXPECT_EQ(header({}), "");
    EXPECT_EQ(header({"a=1"}), "a=1");
    EXPECT_EQ(header({"a=1; Path=/elsewhere; Domain=x.example; Secure; HttpOnly", " b = 2 "}),
              "a=1; b=2");
    EXPECT_EQ(header({"a=1", "b=2", "a=3"}), "b=2; a=3");
    EXPECT_EQ(header({"ab=1", "a=2", "b=3"}), "ab=1; a=2; b=3") << "whole names only";
    EXPECT_EQ(header({"a=1", "A=2"}), "a=1; A=2") << "names have a case";
}

TEST(cookie_jar, CK3_values_stay_as_they_are)
{
    EXPECT_EQ(header({"s=\"quoted=1, x\"; Path=/"}), "s=\"quoted=1, x\"");
    EXPECT_EQ(header({"a="}), "a=");
}

TEST(cookie_jar, CK2_deletes)
{
    EXPECT_EQ(header({"a=1", "b=2", "a=x; Max-Age=0"}), "b=2");
    EXPECT_EQ(header({"a=1", "b=2", "b=x; max-age=-1"}), "a=1");
    EXPECT_EQ(header({"a=1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}), "");
    EXPECT_EQ(header({"a=1", "a=; EXPIRES=Thu, 01-Jan-70 00:00:01 GMT"}), "");
    EXPECT_EQ(header({"a=1", "a=; expires=Fri, 31 Dec 1999 23:59:59 GMT; path=/"}), "");
    EXPECT_EQ(header({"a=1; Max-Age=0"}), "");
}

TEST(cookie_jar, CK4_keeps_what_expires_later)
{
    EXPECT_EQ(header({"a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT"}), "a=1");
    EXPECT_EQ(header({"a=1; Expires=Wed, 21-Oct-30 07:28:00 GMT"}), "a=1");
    EXPECT_EQ(header({"a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}), "a=1")
        << "Max-Age wins";
    EXPECT_EQ(header({"a=1; Max-Age=junk"}), "a=1");
    EXPECT_EQ(header({"a=1; Expires=soon"}), "a=1");
}

TEST(cookie_jar, ignores_what_is_no_cookie)
{
    EXPECT_EQ(header({"", ";", "novalue", "=1", "a\x01=1", "a=1\x7f", "a=b\r\nX: y"}), "");
}

TEST(cookie_jar, H13_holds_512_bytes_and_is_bounded)
{
    const std::string big = "big=" + std::string(600, 'x');
    EXPECT_EQ(header({big}), big);
    cookie_jar jar;
    for (int i = 0; i != 1000; ++i)
        jar.take("c" + std::to_string(i) + "=" + std::string(100, 'x'));
    EXPECT_LE(jar.header().size(), base::limits::http_cookie_bytes);
    EXPECT_GT(jar.header().size(), base::limits::http_cookie_bytes / 2);
    jar.clear();
    EXPECT_EQ(jar.header(), "");
}

} // namespace
} // namespace cpestorm::cwmp
