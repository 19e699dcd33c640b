#include "base/text.hpp"

#include <gtest/gtest.h>

namespace cpestorm::base {
namespace {

using namespace std::chrono_literals;

TEST(TextTimeTest, ParsesDurations)
{
    const std::pair<const char*, duration> cases[] = {
        {"250ms", 250ms},
        {"300s", 300s},
        {"10m", 10min},
        {"2h", 2h},
        {"1d", 24h},
        {"1h30m", 90min},
        {"1m0.5s", 60500ms},
        {"0s", 0s},
        {"1.5h", 90min},
        {"5us", 5us},
        {"1d2h3m4s5ms6us", 93784s + 5ms + 6us},
    };
    for (const auto& [text, expected] : cases) {
        const auto d = parse_duration(text);
        ASSERT_TRUE(d.has_value()) << text;
        EXPECT_EQ(*d, expected) << text;
    }
}

TEST(TextTimeTest, RefusesDurationsThatAreNone)
{
    for (auto bad : {"", "s", "-5s", "+5s", "5 s", "5S", "30m1h", "1s1s", "1m2", "5x", "1..5s",
                     "1.s", ".5s", "9999999999999999999s", "200000000h", "100000d106752d"})
        EXPECT_FALSE(parse_duration(bad).has_value()) << bad;
    EXPECT_EQ(parse_duration("300").error().what,
              "'300' has no unit; write for example 250ms, 300s, 10m, 2h");
}

TEST(TextTimeTest, FormatsDurationsForPeople)
{
    const std::pair<duration, const char*> cases[] = {
        {0s, "0s"},         {7ns, "7ns"},         {1500ns, "2us"},    {250ms, "250ms"},
        {999600us, "1.0s"}, {5s, "5.0s"},         {59940ms, "59.9s"}, {59960ms, "1m 0s"},
        {10min, "10m 0s"},  {3599600ms, "1h 0m"}, {125min, "2h 5m"},  {76h, "3d 4h"},
        {-250ms, "-250ms"},
    };
    for (const auto& [d, text] : cases)
        EXPECT_EQ(format_duration(d), text);
    EXPECT_EQ(format_duration(duration::max()), "106752d 0h");
}

TEST(TextTimeTest, FormatsUtc)
{
    EXPECT_EQ(format_utc(wall_time{}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(format_utc(wall_time{} + 1795416370s + 900ms), "2026-11-23T06:46:10Z");
    EXPECT_EQ(format_utc(wall_time{} - 1ms), "1969-12-31T23:59:59Z");
}

TEST(TextTimeTest, ParsesDateTimes)
{
    const auto base = wall_time{} + 1795416370s;
    const std::pair<const char*, wall_time> cases[] = {
        {"2026-11-23T06:46:10Z", base},
        {"2026-11-23T06:46:10", base},
        {"2026-11-23T06:46:10.25Z", base + 250ms},
        {"2026-11-23T06:46:10.123456789123Z", base + 123456789ns},
        {"2026-11-23T08:46:10+02:00", base},
        {"2026-11-23T01:16:10-05:30", base},
        {"2024-02-29T24:00:00Z", wall_time{} + 1709251200s},
        {"0001-01-01T00:00:00Z", wall_time::min()},
        {"9999-12-31T23:59:59Z", wall_time::max()},
    };
    for (const auto& [text, expected] : cases) {
        const auto t = parse_date_time(text);
        ASSERT_TRUE(t.has_value()) << text;
        EXPECT_EQ(*t, expected) << text;
    }
    EXPECT_EQ(format_utc(*parse_date_time("2261-12-31T23:59:59Z")), "2261-12-31T23:59:59Z");
}

TEST(TextTimeTest, RefusesWhatIsNoDateTime)
{
    for (auto bad : {"",
                     "2026-11-23",
                     "2026-11-23 06:46:10Z",
                     "2026-13-01T00:00:00Z",
                     "2026-00-01T00:00:00Z",
                     "2026-02-29T00:00:00Z",
                     "2026-11-31T00:00:00Z",
                     "2026-11-23T24:00:01Z",
                     "2026-11-23T25:00:00Z",
                     "2026-11-23T06:60:10Z",
                     "2026-11-23T06:46:60Z",
                     "2026-11-23T06:46:10.Z",
                     "2026-11-23T06:46:10z",
                     "2026-11-23T06:46:10Zx",
                     "2026-11-23T06:46:10+2:00",
                     "2026-11-23T06:46:10+15:00",
                     "2026-11-23T06:46:10+14:01",
                     "2026-11-23T06:46",
                     "0000-01-01T00:00:00Z",
                     "-001-01-01T00:00:00Z",
                     " 2026-11-23T06:46:10Z"})
        EXPECT_EQ(parse_date_time(bad), std::nullopt) << bad;
}

} // namespace
} // namespace cpestorm::base
