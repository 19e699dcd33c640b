#include "base/rng.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace cpestorm::base {
namespace {

TEST(RngTest, DrawsDependOnSeedStreamAndCounterOnly)
{
    rng a(42, 7), b(42, 7);
    for (std::uint64_t n = 0; n != 100; ++n) {
        const auto x = a.next();
        EXPECT_EQ(x, b.next());
        EXPECT_EQ(x, draw(42, 7, n));
    }
}

TEST(RngTest, MixIsTheKnownSplitMix64)
{
    // First outputs of SplitMix64 with state 0 and 1 as its authors publish them.
    EXPECT_EQ(mix64(0), 0xE220A8397B1DCDAFu);
    EXPECT_EQ(mix64(0x9E3779B97F4A7C15u), 0x6E789E6AA1B965F4u);
}

TEST(RngTest, NeighbouringStreamsDiffer)
{
    std::set<std::uint64_t> seen;
    for (std::uint64_t stream = 0; stream != 1000; ++stream)
        seen.insert(draw(1, stream, 0));
    EXPECT_EQ(seen.size(), 1000u);
}

TEST(RngTest, UnitIsInRangeAndBelowIsSpread)
{
    EXPECT_EQ(to_unit(0), 0.0);
    EXPECT_LT(to_unit(~std::uint64_t{0}), 1.0);
    rng r(1, 1);
    std::array<int, 10> buckets{};
    for (int i = 0; i != 10'000; ++i)
        ++buckets[r.below(10)];
    for (int n : buckets) {
        EXPECT_GT(n, 850);
        EXPECT_LT(n, 1150);
    }
}

} // namespace
} // namespace cpestorm::base
