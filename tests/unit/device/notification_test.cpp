#include "device_fixture.hpp"

// Inform contents and value-change notification (TR-069 §3.7.1.2, A.3.2.4).

namespace cpestorm::device {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* status = "Device.WiFi.SSID.1.Status";
constexpr const char* ssid = "Device.WiFi.SSID.1.SSID";
constexpr const char* provisioning_code = "Device.DeviceInfo.ProvisioningCode";

class notification : public device_test {
protected:
    void SetUp() override { make_registered(); }
};

TEST_F(notification, N01_N02_forced_parameters_in_every_inform)
{
    const std::vector<std::string> forced{
        "Device.DeviceInfo.HardwareVersion",    "Device.DeviceInfo.ProvisioningCode",
        "Device.DeviceInfo.SoftwareVersion",    "Device.ManagementServer.ConnectionRequestURL",
        "Device.ManagementServer.ParameterKey", "Device.RootDataModelVersion",
    };
    EXPECT_EQ(parameter_names(), forced); // of BOOTSTRAP
    advance(300 * second);
    EXPECT_TRUE(device().wake());
    fail_session();
    EXPECT_EQ(parameter_names(), forced); // of PERIODIC
    ASSERT_TRUE(advance_to_wake());
    begin();
    EXPECT_EQ(parameter_names(), forced); // of its retry
    EXPECT_EQ(informed("Device.DeviceInfo.SoftwareVersion"), "1.0.9");
    EXPECT_EQ(informed("Device.ManagementServer.ConnectionRequestURL"),
              "http://127.1.0.7:7547" + device().connection_request_path());
    EXPECT_EQ(content.inform.device.oui, "00D09E");
    EXPECT_EQ(content.inform.max_envelopes, 1u);
    EXPECT_EQ(content.inform.current_time, "2027-01-15T08:05:06Z"); // 301 s + 5 s after start
}

TEST_F(notification, informed_values_have_the_type_of_the_model)
{
    set_notification("Device.WiFi.SSID.1.Enable", 1);
    change("Device.WiFi.SSID.1.Enable", "false");
    begin();
    EXPECT_THAT(content.inform.parameters,
                Contains(soap::parameter_value{"Device.WiFi.SSID.1.Enable", "false",
                                               soap::value_type::boolean, true}));
}

TEST_F(notification, N03_passive_waits_for_the_next_inform)
{
    set_notification(status, 1);
    change(status, "Down");
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(device().next_wake(), 301'000u);
    advance(300 * second);
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("2 PERIODIC", "4 VALUE CHANGE"));
    EXPECT_EQ(informed(status), "Down");
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(state_.extra, nullptr); // nothing remembered any more
    device().connection_requested();
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("6 CONNECTION REQUEST"));
    EXPECT_EQ(informed(status), "(not informed)");
}

TEST_F(notification, N03_active_starts_a_session)
{
    set_notification(status, 2);
    change(status, "Down");
    EXPECT_TRUE(device().wake());
    EXPECT_EQ(device().next_wake(), now);
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("4 VALUE CHANGE"));
    EXPECT_EQ(informed(status), "Down");
    EXPECT_FALSE(device().wake());
}

TEST_F(notification, N03_the_acs_own_changes_do_not_notify)
{
    set_notification(ssid, 2);
    run_session({set_values({{ssid, "new"}, {provisioning_code, "code"}})});
    EXPECT_FALSE(device().wake());
    device().connection_requested();
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("6 CONNECTION REQUEST"));
    EXPECT_EQ(informed(ssid), "(not informed)");
}

TEST_F(notification, off_stores_the_value_only)
{
    change(status, "Down");
    EXPECT_EQ(value(status), "Down");
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(state_.extra, nullptr);
}

TEST_F(notification, no_change_is_no_notification)
{
    set_notification(status, 2);
    change(status, "Up");
    EXPECT_FALSE(device().wake());
}

TEST_F(notification, N04_changed_and_changed_back_is_reported_once_with_the_current_value)
{
    set_notification(status, 2);
    change(status, "Down");
    change(status, "Up");
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("4 VALUE CHANGE"));
    EXPECT_EQ(informed(status), "Up");
    EXPECT_EQ(std::ranges::count(parameter_names(), status), 1);
}

TEST_F(notification, N05_forced_active_whatever_the_attribute_and_listed_once)
{
    change(provisioning_code, "new");
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("4 VALUE CHANGE"));
    EXPECT_EQ(informed(provisioning_code), "new");
    EXPECT_EQ(std::ranges::count(parameter_names(), provisioning_code), 1);
}

TEST_F(notification, E10_value_change_is_retried_with_current_values)
{
    set_notification(status, 2);
    change(status, "Down");
    fail_session();
    EXPECT_THAT(event_codes(), ElementsAre("4 VALUE CHANGE"));
    change(status, "Dormant"); // INF-6; not a new event: the retry delay goes on
    EXPECT_FALSE(device().wake());
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("4 VALUE CHANGE"));
    EXPECT_EQ(informed(status), "Dormant");
}

TEST_F(notification, E10_value_changes_end_with_the_uptime)
{
    set_notification(status, 2);
    change(status, "Down");
    device().power_cut(now + 1000);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("1 BOOT"));
    EXPECT_EQ(informed(status), "(not informed)");
}

TEST_F(notification, a_change_during_a_session_is_reported_after_it)
{
    set_notification(status, 2);
    change(status, "Down");
    begin();
    change(status, "Dormant"); // the Inform said "Down"
    EXPECT_FALSE(device().wake());
    end(success());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("4 VALUE CHANGE"));
    EXPECT_EQ(informed(status), "Dormant");
    EXPECT_FALSE(device().wake());
}

TEST_F(notification, a_passive_change_during_a_session_waits)
{
    set_notification(status, 1);
    set_notification(ssid, 1);
    change(status, "Down");
    begin();
    change(ssid, "x");
    end(success());
    EXPECT_FALSE(device().wake());
    device().connection_requested();
    begin();
    EXPECT_THAT(parameter_names(), AllOf(Contains(ssid), Not(Contains(status))));
    EXPECT_THAT(event_codes(), ElementsAre("4 VALUE CHANGE", "6 CONNECTION REQUEST"));
}

TEST_F(notification, a_change_during_a_failed_session_is_listed_once)
{
    set_notification(status, 2);
    change(status, "Down");
    begin();
    change(status, "Dormant");
    end({});
    ASSERT_TRUE(advance_to_wake());
    begin();
    EXPECT_EQ(std::ranges::count(parameter_names(), status), 1);
    EXPECT_EQ(informed(status), "Dormant");
}

TEST_F(notification, DEL_2_changes_of_a_deleted_object_are_forgotten)
{
    begin();
    expect<soap::add_object_response>(soap::add_object{"Device.NAT.PortMapping.", ""});
    end(success());
    set_notification("Device.NAT.PortMapping.1.Description", 1);
    change("Device.NAT.PortMapping.1.Description", "web");
    begin();
    EXPECT_EQ(informed("Device.NAT.PortMapping.1.Description"), "web");
    expect<soap::delete_object_response>(soap::delete_object{"Device.NAT.PortMapping.1.", ""});
    end({});
    ASSERT_TRUE(advance_to_wake());
    begin();
    EXPECT_EQ(informed("Device.NAT.PortMapping.1.Description"), "(not informed)");
}

} // namespace
} // namespace cpestorm::device
