#include "model/value.hpp"

#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using enum value_type;

struct value_case {
    value_type type;
    std::vector<const char*> good, bad;
};

TEST(ValueTest, LexicalFormsOfEveryType)
{
    const value_case cases[] = {
        {string, {"", "a b", " x ", "t\t\n", "\xC3\xA4"}, {"a\x01", "\x7F\xFF", "\xC3"}},
        {int_,
         {"0", "-1", "+5", " 7\n", "2147483647", "-2147483648", "007"},
         {"", "1.0", "2147483648", "-2147483649", "0x1", "1 2", "+-1"}},
        {unsigned_int, {"0", "4294967295", "+1", " 1 "}, {"", "-1", "4294967296", "1e3"}},
        {long_, {"-9223372036854775808", "9223372036854775807"}, {"9223372036854775808"}},
        {unsigned_long, {"18446744073709551615"}, {"-1", "18446744073709551616"}},
        {boolean, {"0", "1", "true", "false", " true "}, {"", "True", "TRUE", "yes", "2", "01"}},
        {date_time,
         {"2026-11-23T06:46:10Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
          "0001-01-03T03:04:05", "2026-11-23T06:46:10.123456+02:00"},
         {"", "2026-11-23", "2026-13-01T00:00:00Z", "2026-01-01T24:00:01Z"}},
        {base64, {"", "Zm9v", "Zm 9v"}, {"Zg", "Z===", "-_=="}},
        {hex_binary, {"", "00ff", "ABCD"}, {"0", "0g", "0x00"}},
        {decimal, {"1", "-1.5", "+.5", "1."}, {"", ".", "1e5", "1,5", "--1", "+-1", "inf"}},
    };
    for (const auto& c : cases) {
        for (auto text : c.good)
            EXPECT_TRUE(is_valid(c.type, {}, text))
                << base::type_name(c.type) << " '" << text << "'";
        for (auto text : c.bad)
            EXPECT_FALSE(is_valid(c.type, {}, text))
                << base::type_name(c.type) << " '" << text << "'";
    }
}

TEST(ValueTest, NumbersStayWithinTheirRange)
{
    const facets port{.min = 1, .max = 65535};
    for (auto t : {int_, unsigned_int, long_, unsigned_long, decimal}) {
        EXPECT_TRUE(is_valid(t, port, "1"));
        EXPECT_TRUE(is_valid(t, port, "65535"));
        EXPECT_FALSE(is_valid(t, port, "0"));
        EXPECT_FALSE(is_valid(t, port, "65536"));
    }
    EXPECT_TRUE(is_valid(int_, {.min = -1}, "-1"));
    EXPECT_FALSE(is_valid(int_, {.min = -1}, "-2"));
    EXPECT_TRUE(is_valid(unsigned_int, {.min = -1}, "0"));
    EXPECT_FALSE(is_valid(unsigned_long, {.max = INT64_MAX}, "18446744073709551615"));
}

TEST(ValueTest, LengthsCountCharactersOrBytes)
{
    const facets f{.min_length = 2, .max_length = 3};
    EXPECT_TRUE(is_valid(string, f, "\xC3\xA4\xC3\xA4\xC3\xA4")); // three characters, six bytes
    EXPECT_FALSE(is_valid(string, f, "a"));
    EXPECT_FALSE(is_valid(string, f, "abcd"));
    EXPECT_TRUE(is_valid(base64, f, "Zm9v"));
    EXPECT_FALSE(is_valid(base64, f, "Zm9vYg=="));
    EXPECT_TRUE(is_valid(hex_binary, f, "000000"));
    EXPECT_FALSE(is_valid(hex_binary, f, "00"));
}

TEST(ValueTest, EnumerationsAndLists)
{
    const facets one{.enumeration = {"None", "Requested"}};
    EXPECT_TRUE(is_valid(string, one, "Requested"));
    EXPECT_FALSE(is_valid(string, one, "requested"));
    EXPECT_FALSE(is_valid(string, one, ""));
    const facets many{.max_length = 10, .enumeration = {"b", "g", "n"}, .list = true};
    for (auto good : {"", "b", "b,g", "b, n", "g ,b"})
        EXPECT_TRUE(is_valid(string, many, good)) << good;
    for (auto bad : {"b,", ",b", "b,,g", "x", "b,x", "b,g,n,b,g,n"})
        EXPECT_FALSE(is_valid(string, many, bad)) << bad;
}

TEST(ValueTest, CanonicalForms)
{
    EXPECT_EQ(canonical(boolean, "1"), "true");
    EXPECT_EQ(canonical(boolean, " false\n"), "false");
    EXPECT_EQ(canonical(boolean, "0"), "false");
    EXPECT_EQ(canonical(unsigned_int, " +007 "), "7");
    EXPECT_EQ(canonical(int_, "-05"), "-5");
    EXPECT_EQ(canonical(unsigned_long, "18446744073709551615"), "18446744073709551615");
    EXPECT_EQ(canonical(date_time, " 2026-01-01T00:00:00Z "), "2026-01-01T00:00:00Z");
    EXPECT_EQ(canonical(string, " x "), " x ");
}

TEST(ValueTest, EmptyValuesAreValid)
{
    for (int i = 0; i <= static_cast<int>(decimal); ++i) {
        const auto t = static_cast<value_type>(i);
        EXPECT_TRUE(is_valid(t, {}, empty_value(t, {}))) << base::type_name(t);
    }
    const facets range{.min = 5}, below{.max = -3}, sized{.min_length = 6},
        named{.enumeration = {"Up", "Down"}};
    EXPECT_EQ(empty_value(unsigned_int, range), "5");
    EXPECT_EQ(empty_value(int_, below), "-3");
    EXPECT_EQ(empty_value(string, named), "Up");
    for (auto t : {string, base64, hex_binary})
        EXPECT_TRUE(is_valid(t, sized, empty_value(t, sized)));
}

} // namespace
} // namespace cpestorm::model
