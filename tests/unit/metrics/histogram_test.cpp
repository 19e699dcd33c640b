#include "metrics/histogram.hpp"

#include "base/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace cpestorm::metrics {
namespace {

// Times over the whole range, evenly on a logarithmic axis, with many small and equal ones.
std::vector<std::uint64_t> times(std::uint64_t seed, std::size_t n)
{
    base::rng r(seed, 0);
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(static_cast<std::uint64_t>(std::pow(3.6e9, r.unit())));
    return out;
}

std::uint64_t exact_quantile(const std::vector<std::uint64_t>& sorted, double q)
{
    const auto rank = std::max(1.0, std::ceil(q * static_cast<double>(sorted.size())));
    return sorted[static_cast<std::size_t>(rank) - 1];
}

class histogram_test : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(digits, histogram_test, testing::Values(2u, 3u));

TEST_P(histogram_test, quantiles_are_within_the_precision)
{
    const double precision = std::pow(10.0, -static_cast<int>(GetParam()));
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        auto all = times(seed, seed * 997);
        histogram h(GetParam());
        for (const auto t : all)
            h.record_us(t);
        std::sort(all.begin(), all.end());
        for (const double q : {0.0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
            const auto exact = static_cast<double>(exact_quantile(all, q));
            const auto got = static_cast<double>(h.quantile_us(q));
            EXPECT_GE(got, exact) << q;
            EXPECT_LE(got, exact * (1 + precision)) << q;
        }
        EXPECT_EQ(h.quantile_us(1), all.back());
        EXPECT_EQ(h.min_us(), all.front());
        EXPECT_EQ(h.max_us(), all.back());
        EXPECT_EQ(h.count(), all.size());
        std::uint64_t sum = 0;
        for (const auto t : all)
            sum += t;
        EXPECT_EQ(h.sum_us(), sum);
    }
}

TEST_P(histogram_test, cumulative_counts_are_within_the_precision)
{
    const double precision = std::pow(10.0, -static_cast<int>(GetParam()));
    const auto all = times(7, 20'000);
    histogram h(GetParam());
    for (const auto t : all)
        h.record_us(t);
    const std::vector<std::uint64_t> bounds{0,       1,         100,           1'000,        2'500,
                                            250'000, 5'000'000, 3'600'000'000, 9'000'000'000};
    std::vector<std::uint64_t> counts(bounds.size());
    h.cumulative(bounds, counts);
    for (std::size_t b = 0; b < bounds.size(); ++b) {
        const auto at_most = [&all](double limit) {
            return static_cast<std::uint64_t>(std::count_if(
                all.begin(), all.end(), [=](auto t) { return static_cast<double>(t) <= limit; }));
        };
        const auto bound = static_cast<double>(bounds[b]);
        EXPECT_GE(counts[b], at_most(bound)) << bound;
        EXPECT_LE(counts[b], at_most(bound * (1 + precision))) << bound;
    }
    EXPECT_EQ(counts.back(), h.count());
}

TEST_P(histogram_test, merging_equals_recording_all)
{
    histogram all(GetParam());
    histogram merged(GetParam());
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        histogram part(GetParam());
        for (const auto t : times(seed, 500 * (seed - 1))) { // the first is empty
            part.record_us(t + (t % 50 == 0 ? 4'000'000'000 : 0));
            all.record_us(t + (t % 50 == 0 ? 4'000'000'000 : 0));
        }
        merged.merge(part);
    }
    EXPECT_EQ(merged.count(), all.count());
    EXPECT_EQ(merged.sum_us(), all.sum_us());
    EXPECT_EQ(merged.min_us(), all.min_us());
    EXPECT_EQ(merged.max_us(), all.max_us());
    EXPECT_EQ(merged.clamped(), all.clamped());
    for (int i = 0; i <= 1000; ++i)
        ASSERT_EQ(merged.quantile_us(i / 1000.0), all.quantile_us(i / 1000.0)) << i;
}

TEST_P(histogram_test, small_times_are_exact)
{
    histogram h(GetParam());
    for (std::uint64_t t = 0; t < 200; ++t)
        h.record_us(t);
    for (std::uint64_t t = 0; t < 200; ++t)
        EXPECT_EQ(h.quantile_us(static_cast<double>(t + 1) / 200.0), t);
}

TEST(histogram, is_zero_when_empty)
{
    const histogram h;
    EXPECT_EQ(h.count(), 0u);
    EXPECT_EQ(h.min_us(), 0u);
    EXPECT_EQ(h.max_us(), 0u);
    EXPECT_EQ(h.quantile_us(0.5), 0u);
}

TEST(histogram, clamps_and_says_so)
{
    using namespace std::chrono_literals;
    histogram h(3);
    h.record(-5ms);
    h.record(1'999ns);
    h.record(1h);
    EXPECT_EQ(h.clamped(), 0u);
    h.record(2h);
    EXPECT_EQ(h.clamped(), 1u);
    EXPECT_EQ(h.min_us(), 0u);
    EXPECT_EQ(h.quantile_us(0.5), 1u);
    EXPECT_EQ(h.max_us(), histogram::limit_us);
    EXPECT_EQ(h.quantile_us(1), histogram::limit_us);
    EXPECT_EQ(h.sum_us(), 1 + 2 * histogram::limit_us);
}

} // namespace
} // namespace cpestorm::metrics
