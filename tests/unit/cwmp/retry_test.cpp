#include "cwmp/retry.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace cpestorm::cwmp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double just_below_1 = 0x1.fffffffffffffp-1;

TEST(retry_delay, R01_default_table)
{
    const unsigned low[] = {5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560};
    for (unsigned n = 1; n <= 12; ++n) {
        const seconds from(low[std::min(n, 10u) - 1]);
        EXPECT_EQ(retry_delay(n, 5, 2000, 0.0), from) << n;
        EXPECT_EQ(retry_delay(n, 5, 2000, 0.5), milliseconds(from) * 3 / 2) << n;
        const auto most = retry_delay(n, 5, 2000, just_below_1);
        EXPECT_LE(most, from * 2) << n;
        EXPECT_GE(most, from * 2 - milliseconds(2)) << n;
    }
}

TEST(retry_delay, R01_multiplier_1_never_grows)
{
    for (unsigned n = 1; n <= 12; ++n)
        for (const double u : {0.0, 0.5, just_below_1})
            EXPECT_EQ(retry_delay(n, 1, 1000, u), seconds(1)) << n;
}

TEST(retry_delay, R01_largest_values_do_not_overflow)
{
    milliseconds before{0};
    for (unsigned n = 1; n <= 1000; ++n) {
        const auto d = retry_delay(n, 65535, 65535, 0.5);
        EXPECT_GE(d, before) << n;
        EXPECT_LE(d, seconds(std::int64_t{1} << 31)) << n;
        before = d;
    }
    EXPECT_EQ(retry_delay(10, 65535, 65535, just_below_1), seconds(std::int64_t{1} << 31));
}

TEST(retry_delay, R01_is_uniform_in_its_range)
{
    for (unsigned n = 1; n <= 12; ++n) {
        const auto low = retry_delay(n, 7, 1500, 0.0);
        const auto high = retry_delay(n, 7, 1500, just_below_1);
        const auto middle = retry_delay(n, 7, 1500, 0.5);
        EXPECT_NEAR(static_cast<double>((middle - low).count()),
                    static_cast<double>((high - middle).count()), 2.0);
        const double expected = 7000.0 * std::pow(1.5, std::min(n, 10u) - 1.0);
        EXPECT_NEAR(static_cast<double>(low.count()), expected, 1.0) << n;
    }
}

} // namespace
} // namespace cpestorm::cwmp
