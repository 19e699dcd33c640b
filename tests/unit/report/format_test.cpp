#include "report/format.hpp"

#include <gtest/gtest.h>

namespace cpestorm::report {
namespace {

using namespace std::chrono_literals;

TEST(format, thousands_are_separated)
{
    EXPECT_EQ(with_separators(0), "0");
    EXPECT_EQ(with_separators(999), "999");
    EXPECT_EQ(with_separators(1'000), "1,000");
    EXPECT_EQ(with_separators(2'325'000), "2,325,000");
    EXPECT_EQ(with_separators(18'446'744'073'709'551'615u), "18,446,744,073,709,551,615");
}

TEST(format, times_have_three_digits)
{
    EXPECT_EQ(short_time(0), "0us");
    EXPECT_EQ(short_time(999), "999us");
    EXPECT_EQ(short_time(1'000), "1.00ms");
    EXPECT_EQ(short_time(9'994), "9.99ms");
    EXPECT_EQ(short_time(9'996), "10.0ms");
    EXPECT_EQ(short_time(99'960), "100ms");
    EXPECT_EQ(short_time(999'499), "999ms");
    EXPECT_EQ(short_time(999'500), "1.00s");
    EXPECT_EQ(short_time(30'000'000), "30.0s");
    EXPECT_EQ(short_time(999'600'000), "1,000s");
    EXPECT_EQ(short_time(3'600'000'000), "3,600s");
}

TEST(format, bytes_have_binary_units)
{
    EXPECT_EQ(short_bytes(1'023), "1023 B");
    EXPECT_EQ(short_bytes(1'024), "1.0 KiB");
    EXPECT_EQ(short_bytes(1'048'575), "1.0 MiB");
    EXPECT_EQ(short_bytes(~std::uint64_t{0}), "16.0 EiB");
}

TEST(format, percentages_do_not_hide_the_rest)
{
    EXPECT_EQ(percent(0, 0), "-");
    EXPECT_EQ(percent(0, 10), "0.0 %");
    EXPECT_EQ(percent(1, 1'000'000), "<0.1 %");
    EXPECT_EQ(percent(1, 3), "33.3 %");
    EXPECT_EQ(percent(999'999, 1'000'000), ">99.9 %");
    EXPECT_EQ(percent(10, 10), "100.0 %");
}

TEST(format, rates_need_time)
{
    EXPECT_EQ(per_second(10, 0s), "-");
    EXPECT_EQ(per_second(10, 4s), "2.5");
    EXPECT_EQ(per_second(1'000'000, 100ms), "10,000,000.0");
    EXPECT_EQ(per_second(1'999, 2s), "999.5");
}

TEST(printable, replaces_what_drives_a_terminal_or_is_no_text)
{
    EXPECT_EQ(printable("plain text", 80), "plain text");
    EXPECT_EQ(printable("\x1b[2J\r\n\x7f", 80), "?[2J???");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m",
                        80),
              "?31m"); // the one-character form of ESC [
    EXPECT_EQ(printable("a\xff\xc3", 80), "a??");
    EXPECT_EQ(printable("\xc3\xa4\xe2\x82\xac", 80), "\xc3\xa4\xe2\x82\xac");
}

TEST(printable, cuts_between_characters)
{
    EXPECT_EQ(printable("12345", 5), "12345");
    EXPECT_EQ(printable("123456", 5), "12...");
    EXPECT_EQ(printable("\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", 5),
              "\xc3\xa4\xc3\xa4...");
    EXPECT_EQ(printable("", 5), "");
}

TEST(block, breaks_lines_between_items)
{
    std::string out;
    {
        block b(out, "TITLE");
        b.item(std::string(60, 'a'));
        b.item(std::string(45, 'b'));
        b.item("c");
        b.next_line();
        b.item(std::string(200, 'd')); // too long for any line: on its own
    }
    const std::string indent(12, ' ');
    EXPECT_EQ(out, "  TITLE     " + std::string(60, 'a') + "   " + std::string(45, 'b') + "\n" +
                       indent + "c\n" + indent + std::string(200, 'd') + "\n");
}

} // namespace
} // namespace cpestorm::report
