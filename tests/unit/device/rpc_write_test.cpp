#include "device_fixture.hpp"

#include "base/limits.hpp"

#include <tuple>

// RPCs that write: SetParameterValues, SetParameterAttributes, AddObject, DeleteObject.

namespace cpestorm::device {
namespace {

using soap::value_type;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string ssid = "Device.WiFi.SSID.1.";
const std::string key = "Device.ManagementServer.ParameterKey";

class rpc_write : public device_test {
protected:
    void SetUp() override
    {
        make_registered();
        begin();
        expect<soap::set_parameter_values_response>(set_values({}, "before"));
    }
    soap::fault fault_of(const soap::message& request)
    {
        const soap::message answer = ask(request);
        const auto* f = std::get_if<soap::fault>(&answer);
        return f ? *f : soap::fault{};
    }
    unsigned notification_of(const std::string& name)
    {
        return expect<soap::get_parameter_attributes_response>(
                   soap::get_parameter_attributes{{name}})
            .parameters.at(0)
            .notification;
    }
};

TEST_F(rpc_write, P04_values_are_applied_and_the_key_is_stored)
{
    const auto r = expect<soap::set_parameter_values_response>(
        set_values({{ssid + "SSID", "new"}, {ssid + "Level", "10"}, {ssid + "Mode", "manual"}}));
    EXPECT_EQ(r.status, 0u);
    EXPECT_EQ(value(ssid + "SSID"), "new");
    EXPECT_EQ(value(ssid + "Level"), "10");
    EXPECT_EQ(value(ssid + "Mode"), "manual");
    EXPECT_EQ(value(key), "k"); // P10
}

TEST_F(rpc_write, P04_an_empty_list_sets_the_key)
{
    expect<soap::set_parameter_values_response>(set_values({}, ""));
    EXPECT_EQ(value(key), "");
}

TEST_F(rpc_write, P04_each_reason_alone)
{
    const std::tuple<std::string, std::string, value_type, unsigned> cases[] = {
        {"Device.None", "x", value_type::string, 9005},
        {"Device.WiFi.", "x", value_type::string, 9005},
        {"Device.WiFi", "x", value_type::string, 9005},
        {"", "x", value_type::string, 9005},
        {ssid + "SSID.", "x", value_type::string, 9005},
        {ssid + "Enable", "true", value_type::unsigned_int, 9006},
        {ssid + "Enable", "yes", value_type::boolean, 9007},
        {ssid + "Level", "11", value_type::int_, 9007}, // P06
        {ssid + "Mode", "Auto", value_type::string, 9007},
        {ssid + "SSID", std::string(33, 'x'), value_type::string, 9007},
        {ssid + "Status", "Down", value_type::string, 9008},
        {key, "x", value_type::string, 9008},
        {"Device.ManagementServer.URL", "ftp://h/", value_type::string, 9007},
        {"Device.ManagementServer.URL", "", value_type::string, 9007},
    };
    for (const auto& [name, text, type, code] : cases) {
        soap::set_parameter_values request = set_values({{ssid + "Level", "5"}});
        request.parameters.push_back({name, text, type, true});
        const soap::fault f = fault_of(request);
        EXPECT_EQ(f.code, 9003u) << name;
        ASSERT_EQ(f.parameters.size(), 1u) << name;
        EXPECT_EQ(f.parameters[0].parameter_name, name);
        EXPECT_EQ(f.parameters[0].code, code) << name << " = " << text;
        EXPECT_FALSE(f.parameters[0].text.empty());
        EXPECT_EQ(value(ssid + "Level"), "-3"); // nothing was applied
        EXPECT_EQ(value(key), "before");
    }
}

TEST_F(rpc_write, P04_all_bad_parameters_are_listed)
{
    const soap::fault f = fault_of(set_values({{ssid + "Level", "5"},
                                               {"Device.None", "x"},
                                               {ssid + "Enable", "yes"},
                                               {ssid + "Status", "Down"}}));
    EXPECT_EQ(f.code, 9003u);
    std::vector<unsigned> codes;
    for (const auto& p : f.parameters)
        codes.push_back(p.code);
    EXPECT_THAT(codes, ElementsAre(9005u, 9007u, 9008u));
    EXPECT_EQ(value(ssid + "Level"), "-3");
}

TEST_F(rpc_write, P05_the_same_parameter_twice)
{
    const soap::fault f =
        fault_of(set_values({{ssid + "Level", "5"}, {ssid + "SSID", "x"}, {ssid + "Level", "5"}}));
    EXPECT_EQ(f.code, 9003u);
    EXPECT_THAT(f.parameters, IsEmpty());
    EXPECT_EQ(value(ssid + "SSID"), "home");
    EXPECT_EQ(value(key), "before");
}

TEST_F(rpc_write, H19_P06_limits_count_characters)
{
    std::string key32;
    for (int i = 0; i < 32; ++i)
        key32 += "\xC3\xA4";
    expect<soap::set_parameter_values_response>(set_values({}, key32));
    EXPECT_EQ(value(key), key32);
    EXPECT_EQ(fault_code(set_values({}, key32 + "x")), 9003u);
    EXPECT_EQ(fault_code(soap::add_object{"Device.NAT.PortMapping.", key32 + "x"}), 9003u);
    EXPECT_EQ(fault_code(soap::reboot{key32 + "x"}), 9003u);
    EXPECT_EQ(value(key), key32);
}

TEST_F(rpc_write, untyped_values_are_read_by_the_models_type)
{
    soap::set_parameter_values request = set_values({});
    request.parameters.push_back({ssid + "Enable", "0", value_type::date_time, false});
    expect<soap::set_parameter_values_response>(request);
    EXPECT_EQ(value(ssid + "Enable"), "false");
}

TEST_F(rpc_write, SPV_1_a_device_without_memory_applies_nothing)
{
    soap::set_parameter_values request = set_values({{ssid + "Level", "5"}}, "big");
    request.parameters.push_back({"Device.ManagementServer.Username",
                                  std::string(base::limits::device_overlay_bytes, 'x'),
                                  value_type::string, true});
    const soap::fault f = fault_of(request);
    EXPECT_EQ(f.code, 9004u);
    EXPECT_THAT(f.parameters, IsEmpty()); // SPV-3
    EXPECT_EQ(value(ssid + "Level"), "-3");
    EXPECT_EQ(value(key), "before");
}

TEST_F(rpc_write, P08_attributes_of_parameters_and_partial_paths)
{
    soap::set_parameter_attributes request;
    request.parameters.push_back({"Device.WiFi.", true, 1, true, {}});
    request.parameters.push_back({ssid + "SSID", true, 2, false, {"ignored entity"}});
    expect<soap::set_parameter_attributes_response>(request);
    EXPECT_EQ(notification_of(ssid + "Level"), 1u);
    EXPECT_EQ(notification_of(ssid + "SSID"), 2u);
    const auto r = expect<soap::get_parameter_attributes_response>(
        soap::get_parameter_attributes{{ssid + "SSID"}});
    EXPECT_THAT(r.parameters[0].access_list, IsEmpty());
    EXPECT_EQ(value(key), "before"); // SPA-5

    soap::set_parameter_attributes nothing;
    nothing.parameters.push_back({ssid + "SSID", false, 9, false, {}});
    expect<soap::set_parameter_attributes_response>(nothing);
    EXPECT_EQ(notification_of(ssid + "SSID"), 2u);
}

TEST_F(rpc_write, N05_N07_attributes_are_all_or_nothing)
{
    const std::pair<soap::set_attributes_entry, unsigned> cases[] = {
        {{"Device.DeviceInfo.UpTime", true, 2, false, {}}, 9009},
        {{"Device.None", true, 1, false, {}}, 9005},
        {{"Device.WiFi", true, 1, false, {}}, 9005},
        {{ssid + "SSID", true, 3, false, {}}, 9003},
        {{ssid + "SSID", false, 0, true, {"Everybody"}}, 9003},
    };
    for (const auto& [bad, code] : cases) {
        soap::set_parameter_attributes request;
        request.parameters.push_back({"Device.WiFi.", true, 2, true, {"X_ME"}});
        request.parameters.push_back(bad);
        EXPECT_EQ(fault_code(request), code) << bad.name;
        const auto r = expect<soap::get_parameter_attributes_response>(
            soap::get_parameter_attributes{{ssid + "Level"}});
        EXPECT_EQ(r.parameters[0].notification, 0u);
        EXPECT_NE(r.parameters[0].access_list, std::vector<std::string>{"X_ME"});
    }
}

TEST_F(rpc_write, N07_attributes_survive_a_reboot)
{
    soap::set_parameter_attributes request;
    request.parameters.push_back({ssid + "SSID", true, 2, false, {}});
    expect<soap::set_parameter_attributes_response>(request);
    ask(soap::reboot{""});
    end(success());
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    EXPECT_EQ(notification_of(ssid + "SSID"), 2u);
}

TEST_F(rpc_write, P09_add_and_delete)
{
    const std::string table = "Device.NAT.PortMapping.";
    const auto add = [&](std::string k) {
        return expect<soap::add_object_response>(soap::add_object{table, std::move(k)});
    };
    EXPECT_EQ(add("a1"), (soap::add_object_response{1, 0}));
    EXPECT_EQ(add("a2").instance_number, 2u);
    EXPECT_EQ(value(key), "a2");
    EXPECT_EQ(value(table + "2.Enable"), "false");
    EXPECT_EQ(value("Device.NAT.PortMappingNumberOfEntries"), "2");
    expect<soap::delete_object_response>(soap::delete_object{table + "2.", "d"});
    EXPECT_EQ(value(key), "d");
    EXPECT_EQ(value(table + "2.Enable"), "(none)");
    EXPECT_EQ(add("a3").instance_number, 3u); // numbers are not used again
    EXPECT_EQ(add("a4").instance_number, 4u);
    EXPECT_EQ(fault_code(soap::add_object{table, "a5"}), 9004u); // three at most
    EXPECT_EQ(value(key), "a4");
    expect<soap::set_parameter_values_response>(set_values({{table + "3.Description", "web"}}));
    EXPECT_EQ(value(table + "3.Description"), "web");
    EXPECT_EQ(value(table + "4.Description"), "");
}

TEST_F(rpc_write, P09_wrong_objects)
{
    ask(soap::add_object{"Device.NAT.PortMapping.", "before"});
    for (const char* path :
         {"Device.NAT.PortMapping", "Device.NAT.", "Device.None.", "Device.NAT.PortMapping.1.",
          "Device.NAT.PortMapping.{i}.", "Device.WiFi.SSID.", "", "."})
        EXPECT_EQ(fault_code(soap::add_object{path, "after"}), 9005u) << path;
    for (const char* path : {"Device.NAT.PortMapping.", "Device.NAT.PortMapping.2.",
                             "Device.NAT.PortMapping.1", "Device.WiFi.SSID.1.", "Device.", ""})
        EXPECT_EQ(fault_code(soap::delete_object{path, "after"}), 9005u) << path;
    EXPECT_EQ(value(key), "before"); // P10
}

} // namespace
} // namespace cpestorm::device
