#include "fleet/arrivals.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cpestorm::fleet {
namespace {

TEST(ramp, spreads_devices_evenly_and_exactly)
{
    for (const auto& [n, ramp] :
         {std::pair{1u, 60'000u}, {7u, 100u}, {1000u, 333u}, {3u, 0u}, {16'000'000u, 3'600'000u}}) {
        EXPECT_EQ(ramp_start(0, n, ramp), 0u);
        fleet_time before = 0;
        const std::uint32_t stride = n > 100'000 ? 9'973 : 1;
        for (std::uint32_t k = 0; k < n; k += stride) {
            const auto t = ramp_start(k, n, ramp);
            EXPECT_GE(t, before);
            EXPECT_TRUE(t < ramp || ramp == 0);
            before = t;
        }
    }
    // No device is more than one rounding away from its exact place: 10 devices in 3 ms.
    const std::vector<fleet_time> expected{0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    for (std::uint32_t k = 0; k < 10; ++k)
        EXPECT_EQ(ramp_start(k, 10, 3), expected[k]);
}

TEST(ramp, counts_the_devices_started)
{
    for (const auto& [n, ramp] : {std::pair{1u, 50u}, {7u, 100u}, {1000u, 333u}, {5u, 0u}}) {
        for (fleet_time t = 0; t < ramp + 2; ++t) {
            std::uint32_t expected = 0;
            for (std::uint32_t k = 0; k < n; ++k)
                expected += ramp_start(k, n, ramp) <= t ? 1 : 0;
            EXPECT_EQ(ramp_started(t, n, ramp), expected) << n << " in " << ramp << " at " << t;
        }
    }
    EXPECT_EQ(ramp_started(never, 16'000'000, never - 1), 16'000'000u);
}

TEST(periodic, next_is_strictly_after)
{
    const periodic p{30, 100};
    EXPECT_EQ(p.next_after(0), 30u);
    EXPECT_EQ(p.next_after(29), 30u);
    EXPECT_EQ(p.next_after(30), 130u);
    EXPECT_EQ(p.next_after(129), 130u);
    EXPECT_EQ(p.next_after(1'000'000), 1'000'030u);
    EXPECT_EQ(p.next_after(never - 1), never);
    EXPECT_EQ((periodic{0, 1}.next_after(0)), 1u);
}

TEST(periodic, counts_missed_instants)
{
    const periodic p{30, 100};
    EXPECT_EQ(p.count(30, 30), 0u);
    EXPECT_EQ(p.count(30, 129), 0u);
    EXPECT_EQ(p.count(30, 130), 1u);
    EXPECT_EQ(p.count(30, 355), 3u);
    EXPECT_EQ(p.count(0, 30), 1u);
    EXPECT_EQ(p.count(400, 200), 0u);
    // Walking the instants one by one meets as many.
    std::uint32_t walked = 0;
    for (auto t = p.next_after(77); t <= 99'999; t = p.next_after(t))
        ++walked;
    EXPECT_EQ(p.count(77, 99'999), walked);
}

TEST(periodic, phases_make_a_level_load)
{
    constexpr std::uint32_t devices = 100'000;
    constexpr fleet_time interval = 300'000;
    std::vector<unsigned> per_second(interval / 1000);
    for (std::uint32_t k = 0; k < devices; ++k) {
        const auto p = periodic_of(42, k, interval);
        ASSERT_LT(p.phase, interval);
        ++per_second[p.phase / 1000];
    }
    // 333 expected per second, standard deviation 18: six of them either way.
    for (const auto n : per_second) {
        EXPECT_GT(n, 333u - 110u);
        EXPECT_LT(n, 333u + 110u);
    }
}

TEST(periodic, a_phase_depends_on_seed_and_device_alone)
{
    EXPECT_EQ(periodic_of(1, 7, 1000).phase, periodic_of(1, 7, 1000).phase);
    EXPECT_NE(periodic_of(1, 7, 1'000'000).phase, periodic_of(1, 8, 1'000'000).phase);
    EXPECT_NE(periodic_of(1, 7, 1'000'000).phase, periodic_of(2, 7, 1'000'000).phase);
    EXPECT_EQ(periodic_of(1, 7, 1).phase, 0u);
}

TEST(fleet_time, conversions_saturate)
{
    using namespace std::chrono_literals;
    EXPECT_EQ(to_fleet_time(-1ms), 0u);
    EXPECT_EQ(to_fleet_time(1'999us), 1u);
    EXPECT_EQ(to_fleet_time(50 * 24h), never - 1);
    EXPECT_EQ(to_duration(1'500), 1'500ms);
}

} // namespace
} // namespace cpestorm::fleet
