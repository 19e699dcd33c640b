#include "device_fixture.hpp"

// Which events an Inform carries, and until when (TR-069 §3.7.1.5).

namespace cpestorm::device {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class events : public device_test {};

TEST_F(events, a_device_is_off_until_power_up)
{
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(device().next_wake(), never);
    EXPECT_FALSE(device().connection_requested());
    EXPECT_FALSE(device().due_transfer());
}

TEST_F(events, E01_factory_fresh_then_only_boot)
{
    device().power_up(now + 300'000);
    EXPECT_TRUE(device().wake());
    EXPECT_EQ(device().next_wake(), now);
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("0 BOOTSTRAP", "1 BOOT"));
    EXPECT_TRUE(state_.registered);
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(device().next_wake(), now + 300'000);

    device().power_cut(now + 5'000);
    EXPECT_EQ(device().next_wake(), now + 5'000);
    advance(5 * second);
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("1 BOOT"));
}

TEST_F(events, E02_bootstrap_is_retried_until_the_inform_response_across_reboots)
{
    device().power_up(never);
    fail_session();
    EXPECT_FALSE(state_.registered);
    device().power_cut(now + 1000);
    advance(second);
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("0 BOOTSTRAP", "1 BOOT"));
}

TEST_F(events, E03_a_new_url_means_bootstrap_there)
{
    make_registered();
    device().transfer_finished({}, start, start); // nothing runs: ignored
    set_notification("Device.WiFi.SSID.1.Status", 1);
    change("Device.WiFi.SSID.1.Status", "Down");
    begin();
    ask(set_values({{"Device.ManagementServer.URL", "https://other.example/"}}));
    EXPECT_EQ(device().acs_url(), "https://other.example/");
    cwmp::session_result failed; // the old ACS does not matter any more
    end(failed);
    EXPECT_FALSE(state_.registered);
    EXPECT_EQ(state_.retry_count, 0);
    EXPECT_EQ(device().next_wake(), now);
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("0 BOOTSTRAP"));
    EXPECT_TRUE(state_.registered);
    EXPECT_EQ(value("Device.ManagementServer.ParameterKey"), "k");
}

TEST_F(events, E03_the_same_url_means_nothing)
{
    make_registered();
    run_session({set_values({{"Device.ManagementServer.URL", "http://acs.example/cwmp"}})});
    EXPECT_TRUE(state_.registered);
    EXPECT_FALSE(device().wake());
}

TEST_F(events, E04_reboot_with_command_key)
{
    make_registered();
    advance(60 * second);
    begin();
    expect<soap::reboot_response>(soap::reboot{"key 1"});
    EXPECT_FALSE(state_.rebooting); // S10
    end(success());
    EXPECT_TRUE(state_.rebooting);
    EXPECT_FALSE(device().connection_requested());
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(device().next_wake(), now + 10'000);
    advance(9'999 * std::chrono::milliseconds(1));
    EXPECT_FALSE(device().wake());
    advance(std::chrono::milliseconds(1));
    EXPECT_TRUE(device().wake());
    EXPECT_TRUE(device().connection_requested());
    begin();
    EXPECT_THAT(event_codes(),
                UnorderedElementsAre("1 BOOT", "M Reboot/key 1", "6 CONNECTION REQUEST"));
    end(success());
    advance(7 * second);
    EXPECT_EQ(value("Device.DeviceInfo.UpTime"), "7");
    EXPECT_FALSE(device().wake());
}

TEST_F(events, E04_reboot_happens_although_the_session_failed)
{
    make_registered();
    begin();
    ask(soap::reboot{"a"});
    ask(soap::reboot{"b"});
    end({});
    EXPECT_TRUE(state_.rebooting);
    EXPECT_EQ(state_.retry_count, 0); // R04: the table starts anew
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    begin();
    EXPECT_THAT(event_codes(), UnorderedElementsAre("1 BOOT", "M Reboot/a", "M Reboot/b"));
}

TEST_F(events, E05_periodic_survives_a_reboot)
{
    make_registered();
    advance(300 * second);
    EXPECT_TRUE(device().wake());
    fail_session();
    device().power_cut(now + 1000);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("1 BOOT", "2 PERIODIC"));
}

TEST_F(events, E06_connection_request_is_not_retried)
{
    make_registered();
    EXPECT_TRUE(device().connection_requested());
    EXPECT_TRUE(device().connection_requested()); // C03: still one session
    EXPECT_TRUE(device().wake());
    fail_session();
    EXPECT_THAT(event_codes(), ElementsAre("6 CONNECTION REQUEST"));
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), IsEmpty());
    EXPECT_EQ(content.inform.retry_count, 1u);
    EXPECT_FALSE(device().wake());
}

TEST_F(events, S09_C04_connection_request_in_a_session_means_one_session_after_it)
{
    make_registered();
    EXPECT_TRUE(device().connection_requested());
    begin();
    EXPECT_TRUE(device().connection_requested());
    EXPECT_TRUE(device().connection_requested());
    end(success());
    EXPECT_EQ(device().next_wake(), now);
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("6 CONNECTION REQUEST"));
    EXPECT_FALSE(device().wake());
}

TEST_F(events, a_device_in_session_waits_for_its_end)
{
    make_registered();
    begin();
    advance(400 * second);
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(device().next_wake(), never);
    EXPECT_FALSE(device().due_transfer());
    end(success());
    EXPECT_EQ(device().next_wake(), now); // PER-4: the periodic instant fell into the session
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("2 PERIODIC"));
}

TEST_F(events, R05_what_an_inform_response_acknowledged_is_not_repeated)
{
    make_registered();
    advance(300 * second);
    EXPECT_TRUE(device().wake());
    fail_session(0.0, true);
    EXPECT_EQ(state_.retry_count, 1);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), IsEmpty());
    EXPECT_EQ(content.inform.retry_count, 1u);
}

TEST_F(events, P14_factory_reset_wipes_everything)
{
    make_registered();
    set_notification("Device.WiFi.SSID.1.SSID", 2);
    const std::string m = "Device.ManagementServer.";
    run_session(
        {set_values({{"Device.WiFi.SSID.1.SSID", "x"}, {m + "PeriodicInformInterval", "7"}}),
         soap::add_object{"Device.NAT.PortMapping.", "k2"}, make_download("d"), soap::reboot{"r"},
         soap::factory_reset{}});
    EXPECT_TRUE(state_.rebooting);
    EXPECT_TRUE(state_.overlay.empty());
    EXPECT_EQ(state_.extra, nullptr);
    EXPECT_FALSE(state_.registered);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("0 BOOTSTRAP", "1 BOOT"));
    EXPECT_EQ(value("Device.WiFi.SSID.1.SSID"), "home");
    EXPECT_EQ(value(m + "ParameterKey"), ""); // P10
    EXPECT_EQ(value("Device.NAT.PortMappingNumberOfEntries"), "0");
    ASSERT_NE(device().next_wake(), never);
    EXPECT_GT(device().next_wake(), now + 7'000); // the default interval again
    EXPECT_LE(device().next_wake(), now + 300'000);
}

TEST_F(events, P09_P10_what_survives_a_reboot)
{
    make_registered();
    run_session({set_values({{"Device.WiFi.SSID.1.SSID", "x"}}, "key 7"),
                 soap::add_object{"Device.NAT.PortMapping.", "key 8"}, soap::reboot{"r"}});
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    EXPECT_EQ(value("Device.WiFi.SSID.1.SSID"), "x");
    EXPECT_EQ(value("Device.ManagementServer.ParameterKey"), "key 8");
    EXPECT_EQ(value("Device.NAT.PortMapping.1.Enable"), "false");
}

} // namespace
} // namespace cpestorm::device
