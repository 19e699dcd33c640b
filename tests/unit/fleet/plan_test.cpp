#include "fleet/plan.hpp"

#include "fleet/arrivals.hpp"

#include <gmock/gmock.h>

namespace cpestorm::fleet {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(run_plan, defaults_are_valid)
{
    EXPECT_FALSE(run_plan{}.validate().has_error());
}

TEST(run_plan, names_the_option_that_is_wrong)
{
    const auto where = [](auto change) {
        run_plan p;
        change(p);
        const auto r = p.validate();
        return r.has_error() ? r.error().where : std::string();
    };
    EXPECT_EQ(where([](run_plan& p) { p.devices = 0; }), "--devices");
    EXPECT_EQ(where([](run_plan& p) { p.devices = 16'000'001; }), "--devices");
    EXPECT_EQ(where([](run_plan& p) { p.shards = 0; }), "--threads");
    EXPECT_EQ(where([](run_plan& p) { p.shards = 65; }), "--threads");
    EXPECT_EQ(where([](run_plan& p) { p.devices = 1, p.shards = 2; }), "--threads");
    EXPECT_EQ(where([](run_plan& p) { p.interval = 999ms; }), "--interval");
    EXPECT_EQ(where([](run_plan& p) { p.ramp = -1ms; }), "--ramp");
    EXPECT_EQ(where([](run_plan& p) { p.ramp = 24h * 50; }), "--ramp");
    EXPECT_EQ(where([](run_plan& p) { p.duration = 0ms; }), "--for");
    EXPECT_EQ(where([](run_plan& p) { p.duration = 24h * 49, p.drain = 24h; }), "--for");
    EXPECT_EQ(where([](run_plan& p) { p.drain = -1ms; }), "--for");
    EXPECT_EQ(where([](run_plan& p) { p.shards = 8, p.sessions_in_flight = 7; }),
              "--max-in-flight");
}

TEST(run_plan, shares_of_the_cap_add_up)
{
    run_plan p;
    p.shards = 7;
    p.sessions_in_flight = 100;
    std::uint32_t sum = 0;
    for (std::uint32_t s = 0; s < p.shards; ++s)
        sum += p.in_flight_of(s);
    EXPECT_EQ(sum, 100u);
    EXPECT_EQ(p.in_flight_of(0), 15u);
    EXPECT_EQ(p.in_flight_of(6), 14u);
}

TEST(expectation, follows_littles_law)
{
    run_plan p;
    p.devices = 30'000;
    p.interval = 300s;
    p.ramp = 60s;
    p.duration = 600s;
    const auto e = expect(p, 200ms);
    EXPECT_DOUBLE_EQ(e.steady_per_second, 100);
    EXPECT_DOUBLE_EQ(e.ramp_per_second, 600);
    EXPECT_DOUBLE_EQ(e.sessions, 30'000 + 30'000 * 570.0 / 300);
    EXPECT_DOUBLE_EQ(e.steady_in_flight, 20);
    EXPECT_DOUBLE_EQ(e.ramp_in_flight, 120);
    EXPECT_FALSE(e.in_flight_cap_too_small);
    EXPECT_TRUE(expect(p, 10s).in_flight_cap_too_small);
}

TEST(expectation, without_a_ramp_all_devices_are_in_flight)
{
    run_plan p;
    p.devices = 500;
    p.ramp = 0ms;
    EXPECT_DOUBLE_EQ(expect(p, 100ms).ramp_in_flight, 500);
}

// The schedule itself, counted, within the spread of random phases.
TEST(expectation, agrees_with_the_schedule)
{
    for (const auto duration : {600s, 30s}) {
        run_plan p;
        p.devices = 5'000;
        p.ramp = 60s;
        p.interval = 45s;
        p.duration = duration;
        double sessions = 0;
        const auto end = static_cast<fleet_time>(p.duration.count());
        for (std::uint32_t k = 0; k < p.devices; ++k) {
            const auto start = ramp_start(k, p.devices, 60'000);
            if (start >= end) continue;
            sessions += 1 + periodic_of(1, k, 45'000).count(start, end - 1);
        }
        EXPECT_NEAR(expect(p, 1s).sessions, sessions, 0.01 * sessions);
    }
}

run_plan plan_with(endpoint_backend b, std::uint32_t devices, std::uint32_t in_flight)
{
    run_plan p;
    p.backend = b;
    p.devices = devices;
    p.sessions_in_flight = in_flight;
    return p;
}

TEST(descriptors, count_sessions_listeners_and_reserve)
{
    // In reserve: 64, for each shard 64 transfers and, with endpoints, 256 connection requests.
    EXPECT_EQ(descriptors(plan_with(endpoint_backend::none, 1'000, 500)).total(), 628u);
    EXPECT_EQ(descriptors(plan_with(endpoint_backend::address, 1'000, 500)).total(), 885u);
    EXPECT_EQ(descriptors(plan_with(endpoint_backend::socket, 1'000, 500)).total(), 1'885u);
    // No more sessions in flight than there are devices.
    EXPECT_EQ(descriptors(plan_with(endpoint_backend::none, 10, 500)).total(), 138u);
    auto with_acs = plan_with(endpoint_backend::none, 10, 500);
    with_acs.other_descriptors = 10;
    EXPECT_EQ(descriptors(with_acs).total(), 148u);
}

TEST(descriptors, say_what_fits)
{
    const auto what = [](const run_plan& p, std::uint64_t limit) {
        const auto r = check_descriptors(p, limit);
        return r.has_error() ? r.error().what : std::string("fits");
    };
    EXPECT_EQ(what(plan_with(endpoint_backend::socket, 10'000, 2'000), 20'000), "fits");
    EXPECT_EQ(what(plan_with(endpoint_backend::socket, 30'000, 2'000), 20'000),
              "this host allows 20000 descriptors; 30001 for listening + 2000 sessions in flight + "
              "384 in reserve do not fit: use --cr-backend address (needs 2385) or at most 17615 "
              "devices");
    EXPECT_EQ(what(plan_with(endpoint_backend::socket, 17'615, 2'000), 20'000), "fits");
    EXPECT_EQ(what(plan_with(endpoint_backend::none, 5'000, 2'000), 1'024),
              "this host allows 1024 descriptors; 2000 sessions in flight + 128 in reserve do not "
              "fit: allow at most 896 sessions in flight");
    EXPECT_EQ(what(plan_with(endpoint_backend::none, 5'000, 896), 1'024), "fits");
    EXPECT_THAT(what(plan_with(endpoint_backend::socket, 5'000, 2'000), 1'024),
                HasSubstr("use --cr-backend address and allow at most 639 sessions in flight"));
    EXPECT_THAT(what(plan_with(endpoint_backend::none, 10, 2'000), 32),
                HasSubstr("raise the limit"));
}

} // namespace
} // namespace cpestorm::fleet
