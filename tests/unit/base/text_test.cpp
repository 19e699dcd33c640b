#include "base/text.hpp"

#include <gtest/gtest.h>

#include <array>

namespace cpestorm::base {
namespace {

TEST(TextTest, IequalsComparesAsciiLettersOnly)
{
    EXPECT_TRUE(iequals("Content-TYPE", "content-type"));
    EXPECT_FALSE(iequals("abc", "abcd"));
    EXPECT_FALSE(iequals("[", "{")); // differ in the case bit, but are no letters
    EXPECT_FALSE(iequals("\xC4", "\xE4"));
}

TEST(TextTest, TrimTakesWhiteSpaceFromBothEnds)
{
    EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
    EXPECT_EQ(trim(" \n "), "");
    EXPECT_EQ(trim(""), "");
}

TEST(TextTest, ParsesWholeIntegersOnly)
{
    EXPECT_EQ(parse_unsigned("18446744073709551615"), UINT64_MAX);
    EXPECT_EQ(parse_unsigned("+7"), 7u);
    EXPECT_EQ(parse_unsigned("007"), 7u);
    EXPECT_EQ(parse_signed("-9223372036854775808"), INT64_MIN);
    EXPECT_EQ(parse_signed("+1"), 1);
    for (auto bad :
         {"", "+", "-", "-1", "1 ", " 1", "0x10", "1.0", "+-1", "++1", "18446744073709551616"})
        EXPECT_EQ(parse_unsigned(bad), std::nullopt) << bad;
    for (auto bad : {"", "+", "-", "--1", "+-1", "9223372036854775808"})
        EXPECT_EQ(parse_signed(bad), std::nullopt) << bad;
}

TEST(TextTest, AppendsNumbers)
{
    std::string out = "n=";
    append_number(out, 0);
    append_number(out, UINT64_MAX);
    EXPECT_EQ(out, "n=018446744073709551615");
}

TEST(TextTest, FindsTheFirstByteThatIsNotUtf8)
{
    struct {
        std::string_view text;
        std::size_t valid;
    } const cases[] = {
        {"", 0},
        {"abc", 3},
        {"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80", 9},
        {"a\x80", 1},            // continuation byte alone
        {"a\xC3", 1},            // cut off
        {"a\xC0\xAF", 1},        // overlong
        {"\xE0\x9F\xBF", 0},     // overlong
        {"\xED\xA0\x80", 0},     // surrogate
        {"\xF4\x90\x80\x80", 0}, // over 10FFFF
        {"\xF5\x80\x80\x80", 0},
        {"ab\xE2\x82"
         "c",
         2},
    };
    for (const auto& c : cases)
        EXPECT_EQ(valid_utf8_prefix(c.text), c.valid) << c.text;
    EXPECT_EQ(count_characters("\xC3\xA4"
                               "b\xE2\x82\xAC"),
              3u);
}

TEST(TextTest, ParsesCounts)
{
    EXPECT_EQ(parse_count("0").value(), 0u);
    EXPECT_EQ(parse_count("250").value(), 250u);
    EXPECT_EQ(parse_count("10k").value(), 10'000u);
    EXPECT_EQ(parse_count("1.5M").value(), 1'500'000u);
    EXPECT_EQ(parse_count("0.000001m").value(), 1u);
    for (auto bad : {"", "k", "-1", "+1", "1.5", "1.0001k", "1.", ".5k", "1 k", "1kk", "1g",
                     "9223372036854775808", "9999999999999999m", "1.2.3k"}) {
        const auto c = parse_count(bad);
        ASSERT_FALSE(c.has_value()) << bad;
        EXPECT_EQ(c.error().what.find('\'' + std::string(bad) + '\''), 0u) << c.error().what;
    }
}

TEST(TextTest, HexAndPercentEncoding)
{
    EXPECT_EQ(to_hex(std::string_view("\0\x7F\xFF", 3)), "007fff");
    EXPECT_EQ(percent_encode("A-z_0.~ /\xC3\xA4%"), "A-z_0.~%20%2F%C3%A4%25");
}

TEST(TextTest, Base64OfRfc4648)
{
    const std::array<std::pair<std::string_view, std::string_view>, 7> cases{{
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    }};
    for (const auto& [plain, coded] : cases) {
        EXPECT_EQ(to_base64(plain), coded);
        EXPECT_EQ(from_base64(coded), plain);
    }
    EXPECT_EQ(from_base64(" Zm9v\r\n YmFy "), "foobar");
    EXPECT_EQ(from_base64("Zg = ="), "f");
    for (auto bad : {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "=",
                     "====", "Zg==Zg==", "Z-==", "Zm9v=", "Zg=g"})
        EXPECT_EQ(from_base64(bad), std::nullopt) << bad;
}

TEST(TextTest, Base64OfAllBytesReadsBack)
{
    std::string all;
    for (int i = 0; i != 256; ++i)
        all += static_cast<char>(i);
    for (std::size_t n = 0; n <= all.size(); ++n)
        EXPECT_EQ(from_base64(to_base64(all.substr(0, n))), all.substr(0, n));
}

TEST(TextTest, ClosestFindsTypingErrors)
{
    const std::array<std::string_view, 4> keys{"parameters", "objects", "identity", "min"};
    EXPECT_EQ(closest("paramters", keys), "parameters");
    EXPECT_EQ(closest("Parameters", keys), "parameters");
    EXPECT_EQ(closest("obejcts", keys), "objects"); // two letters swapped
    EXPECT_EQ(closest("mni", keys), "min");
    EXPECT_EQ(closest("max", keys), std::nullopt);
    EXPECT_EQ(closest("", keys), std::nullopt);
    EXPECT_EQ(closest("x", {}), std::nullopt);
}

} // namespace
} // namespace cpestorm::base
