#include "cwmp/periodic.hpp"

#include <gtest/gtest.h>

namespace cpestorm::cwmp {
namespace {

using base::wall_time;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr wall_time at(std::int64_t s)
{
    return wall_time(seconds(s));
}

TEST(next_periodic, N09_reference_in_the_past_or_the_future)
{
    for (const std::int64_t reference : {1'000'000'017, 17, 2'000'000'017, -283})
        EXPECT_EQ(next_periodic(at(1'000'000'100), at(reference), seconds(100)), at(1'000'000'117))
            << reference;
}

TEST(next_periodic, N09_is_strictly_later)
{
    EXPECT_EQ(next_periodic(at(500), at(200), seconds(300)), at(800));
    EXPECT_EQ(next_periodic(at(499), at(200), seconds(300)), at(500));
    EXPECT_EQ(next_periodic(at(500) + milliseconds(1), at(200), seconds(300)), at(800));
    EXPECT_EQ(next_periodic(at(500) - milliseconds(1), at(200), seconds(300)), at(500));
}

TEST(next_periodic, N09_every_second)
{
    EXPECT_EQ(next_periodic(at(5), at(0), seconds(1)), at(6));
    EXPECT_EQ(next_periodic(at(5) + milliseconds(250), at(0) + milliseconds(500), seconds(1)),
              at(5) + milliseconds(500));
}

TEST(next_periodic, N09_lands_on_the_grid_whatever_the_reference)
{
    for (std::int64_t reference = -1000; reference <= 1000; reference += 37)
        for (std::int64_t now = 0; now <= 1000; now += 41)
            for (const std::int64_t interval : {1, 7, 60, 86400}) {
                const auto next = next_periodic(at(now), at(reference), seconds(interval));
                EXPECT_GT(next, at(now));
                EXPECT_LE(next, at(now + interval));
                EXPECT_EQ((next - at(reference)) % seconds(interval), seconds(0));
            }
}

TEST(next_periodic, N09_unknown_time_is_the_far_end_of_the_clock)
{
    // What parse_date_time() makes of "0001-01-01T00:00:00Z" and of a year beyond the clock's.
    for (const auto reference : {wall_time::min(), wall_time::max()}) {
        const auto now = at(1'795'416'370); // 2026
        const auto next = next_periodic(now, reference, seconds(300));
        EXPECT_GT(next, now);
        EXPECT_LE(next, now + seconds(300));
    }
}

} // namespace
} // namespace cpestorm::cwmp
