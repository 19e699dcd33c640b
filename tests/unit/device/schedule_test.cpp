#include "device_fixture.hpp"

// The periodic schedule (TR-181 Device.ManagementServer.PeriodicInform*) and the retry policy
// (TR-069 §3.2.1.1).

namespace cpestorm::device {
namespace {

using ::testing::ElementsAre;

const std::string m = "Device.ManagementServer.";

class schedule : public device_test {
protected:
    void SetUp() override { make_registered(); } // at 1 s; periodic due at 301 s, 601 s, ...
};

TEST_F(schedule, N09_periodic_keeps_its_phase)
{
    advance(300 * second);
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("2 PERIODIC"));
    EXPECT_EQ(device().next_wake(), 601'000u);
    advance(1000 * second); // overslept: 601 s, 901 s and 1201 s are one event
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_EQ(device().next_wake(), 1'501'000u);
}

TEST_F(schedule, N09_a_new_interval_keeps_the_phase_of_the_old_schedule)
{
    advance(50 * second); // 51 s
    run_session({set_values({{m + "PeriodicInformInterval", "60"}})});
    EXPECT_FALSE(device().wake());            // no Inform extra
    EXPECT_EQ(device().next_wake(), 61'000u); // 301 s - 4 · 60 s
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_EQ(device().next_wake(), 121'000u);
}

TEST_F(schedule, N09_a_longer_interval)
{
    run_session({set_values({{m + "PeriodicInformInterval", "3600"}})});
    EXPECT_EQ(device().next_wake(), 301'000u);
}

TEST_F(schedule, N09_reference_time_past_and_future_set_the_phase)
{
    // Wall time is 08:00:01; in 1 s steps of the fleet's clock.
    for (const char* reference :
         {"2027-01-15T07:50:30Z", "2027-01-15T09:10:30Z", "1999-12-31T23:30:30Z"}) {
        run_session({set_values(
            {{m + "PeriodicInformTime", reference}, {m + "PeriodicInformInterval", "600"}})});
        EXPECT_EQ(device().next_wake(), 30'000u) << reference; // 08:00:30
    }
}

TEST_F(schedule, N09_unknown_time_keeps_the_phase)
{
    run_session({set_values({{m + "PeriodicInformTime", "2027-01-15T07:00:30Z"}})});
    EXPECT_EQ(device().next_wake(), 30'000u);
    run_session({set_values({{m + "PeriodicInformTime", "0001-01-01T00:00:00Z"},
                             {m + "PeriodicInformInterval", "10"}})});
    EXPECT_EQ(device().next_wake(), 10'000u);
}

TEST_F(schedule, N09_disable_and_enable)
{
    run_session({set_values({{m + "PeriodicInformEnable", "0"}})});
    EXPECT_EQ(device().next_wake(), never);
    run_session({set_values({{m + "PeriodicInformEnable", "1"}})});
    EXPECT_GT(device().next_wake(), now);
    EXPECT_LE(device().next_wake(), now + 300'000);
}

TEST_F(schedule, PER_3_a_disabled_schedule_keeps_its_undelivered_event)
{
    advance(300 * second);
    EXPECT_TRUE(device().wake());
    begin();
    ask(set_values({{m + "PeriodicInformEnable", "false"}}));
    end({});
    ASSERT_TRUE(advance_to_wake()); // the retry
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("2 PERIODIC"));
    EXPECT_EQ(device().next_wake(), never);
}

TEST_F(schedule, the_acs_interval_can_be_ignored)
{
    shared.ignore_acs_interval = true;
    run_session({set_values({{m + "PeriodicInformInterval", "10"},
                             {m + "PeriodicInformTime", "2027-01-15T07:00:30Z"},
                             {m + "PeriodicInformEnable", "false"}})});
    EXPECT_EQ(device().next_wake(), 301'000u);
    EXPECT_EQ(value(m + "PeriodicInformInterval"), "10");
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_EQ(device().next_wake(), 601'000u);
}

TEST_F(schedule, no_instant_falls_into_the_time_a_device_is_off)
{
    advance(295 * second);
    device().power_cut(now + 20'000);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("1 BOOT"));
    EXPECT_EQ(device().next_wake(), 601'000u);
}

TEST_F(schedule, instants_beyond_the_clock_are_never)
{
    now = never - 1000;
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_EQ(device().next_wake(), never);
}

TEST_F(schedule, R01_R02_delays_grow_and_the_count_ends_with_a_success)
{
    state_.periodic_due = never;
    device().connection_requested();
    fleet_time range_start = 5'000;
    for (unsigned n = 1; n <= 12; ++n) {
        EXPECT_TRUE(device().wake());
        fail_session(0.0);
        EXPECT_EQ(content.inform.retry_count, n - 1);
        EXPECT_FALSE(device().wake());
        EXPECT_EQ(device().next_wake(), now + range_start) << n;
        if (n < 10) range_start *= 2;
        ASSERT_TRUE(advance_to_wake());
    }
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_EQ(content.inform.retry_count, 12u);
    EXPECT_EQ(state_.retry_count, 0);
    EXPECT_EQ(device().next_wake(), never);
    device().connection_requested();
    begin();
    EXPECT_EQ(content.inform.retry_count, 0u);
}

TEST_F(schedule, R01_the_upper_end_of_the_range)
{
    fail_session(0.5);
    const fleet_time next = device().next_wake();
    EXPECT_GE(next, now + 7'000);
    EXPECT_LE(next, now + 8'000);
}

TEST_F(schedule, R03_a_new_event_ends_the_wait_but_not_the_count)
{
    fail_session();
    advance(second);
    EXPECT_FALSE(device().wake());
    device().connection_requested();
    EXPECT_EQ(device().next_wake(), now);
    EXPECT_TRUE(device().wake());
    fail_session(0.0);
    EXPECT_EQ(content.inform.retry_count, 1u);
    EXPECT_EQ(device().next_wake(), now + 10'000); // second range
}

TEST_F(schedule, R04_a_reboot_restarts_the_table)
{
    fail_session();
    fail_session();
    EXPECT_EQ(state_.retry_count, 2);
    device().power_cut(now + 1000);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    fail_session(0.0);
    EXPECT_EQ(content.inform.retry_count, 0u);
    EXPECT_EQ(device().next_wake(), now + 5'000);
}

TEST_F(schedule, RET_7_the_acs_can_change_the_policy)
{
    run_session({set_values({{m + "CWMPRetryMinimumWaitInterval", "30"},
                             {m + "CWMPRetryIntervalMultiplier", "1000"}})});
    fail_session(0.9);
    EXPECT_EQ(device().next_wake(), now + 30'000);
    fail_session(0.9);
    EXPECT_EQ(device().next_wake(), now + 30'000);
}

TEST_F(schedule, the_plan_can_change_the_policy)
{
    shared.retry_minimum_wait = 2;
    shared.retry_multiplier = 1000;
    fail_session(0.5);
    EXPECT_EQ(device().next_wake(), now + 2'000);
}

} // namespace
} // namespace cpestorm::device
