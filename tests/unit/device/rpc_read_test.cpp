#include "device_fixture.hpp"

#include "soap/fault.hpp"

// RPCs that only read: GetRPCMethods, GetParameterValues, -Names, -Attributes; and strangers.

namespace cpestorm::device {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class rpc_read : public device_test {
protected:
    void SetUp() override
    {
        make_registered();
        begin();
    }
    std::vector<std::string> names(const std::string& path, bool next_level)
    {
        std::vector<std::string> out;
        for (const auto& p :
             expect<soap::get_parameter_names_response>(soap::get_parameter_names{path, next_level})
                 .parameters)
            out.push_back(p.name + (p.writable ? " w" : ""));
        return out;
    }
    std::vector<std::string> value_names(std::vector<std::string> asked)
    {
        std::vector<std::string> out;
        for (const auto& p : expect<soap::get_parameter_values_response>(
                                 soap::get_parameter_values{std::move(asked)})
                                 .parameters)
            out.push_back(p.name);
        return out;
    }
};

TEST_F(rpc_read, P01_methods_are_those_that_are_answered)
{
    const auto methods = expect<soap::get_rpc_methods_response>(soap::get_rpc_methods{}).methods;
    EXPECT_THAT(methods,
                UnorderedElementsAre("GetRPCMethods", "SetParameterValues", "GetParameterValues",
                                     "GetParameterNames", "SetParameterAttributes",
                                     "GetParameterAttributes", "AddObject", "DeleteObject",
                                     "Reboot", "FactoryReset", "Download"));
}

TEST_F(rpc_read, S05_other_messages_are_not_supported)
{
    const soap::message strangers[] = {soap::unknown_method{"ScheduleInform"},
                                       soap::inform{},
                                       soap::inform_response{},
                                       soap::transfer_complete{},
                                       soap::reboot_response{},
                                       soap::fault{8003, "x", {}}};
    for (const soap::message& m : strangers)
        EXPECT_EQ(fault_code(m), 9000u) << soap::method_name(m);
    const soap::message answer = ask(soap::unknown_method{"X"});
    EXPECT_EQ(std::get<soap::fault>(answer).text, soap::fault_text(9000));
    EXPECT_THAT(std::get<soap::fault>(answer).parameters, IsEmpty());
}

TEST_F(rpc_read, P02_full_names_with_value_and_type)
{
    const auto r = expect<soap::get_parameter_values_response>(soap::get_parameter_values{
        {"Device.WiFi.SSID.1.SSID", "Device.WiFi.SSID.1.Enable", "Device.DeviceInfo.UpTime"}});
    using soap::value_type;
    EXPECT_THAT(r.parameters, ElementsAre(soap::parameter_value{"Device.WiFi.SSID.1.SSID", "home",
                                                                value_type::string, true},
                                          soap::parameter_value{"Device.WiFi.SSID.1.Enable", "true",
                                                                value_type::boolean, true},
                                          soap::parameter_value{"Device.DeviceInfo.UpTime", "0",
                                                                value_type::unsigned_int, true}));
}

TEST_F(rpc_read, P02_partial_paths)
{
    EXPECT_THAT(value_names({"Device.WiFi.SSID."}),
                UnorderedElementsAre("Device.WiFi.SSID.1.SSID", "Device.WiFi.SSID.1.Enable",
                                     "Device.WiFi.SSID.1.Status", "Device.WiFi.SSID.1.Level",
                                     "Device.WiFi.SSID.1.Mode"));
    EXPECT_THAT(value_names({"Device.NAT.PortMapping."}), IsEmpty()); // a table without instances
    EXPECT_EQ(value_names({""}).size(), shared.profile->schema->parameter_count());
    EXPECT_EQ(value_names({"Device."}).size(), shared.profile->schema->parameter_count());
}

TEST_F(rpc_read, P02_overlapping_names_give_each_parameter_once)
{
    EXPECT_THAT(value_names({"Device.NAT.PortMappingNumberOfEntries", "Device.NAT.",
                             "Device.NAT.PortMapping.", "Device.NAT."}),
                ElementsAre("Device.NAT.PortMappingNumberOfEntries"));
    EXPECT_EQ(value_names({"Device.WiFi.", "", "Device.WiFi.SSID.1.SSID"}).size(),
              shared.profile->schema->parameter_count());
    EXPECT_THAT(value_names({"Device.WiFi.SSID.1.SSID", "Device.WiFi.SSID.1.SSID"}),
                ElementsAre("Device.WiFi.SSID.1.SSID"));
    EXPECT_THAT(value_names({"Device.WiFi.SSID.1.SSID", "Device.DeviceInfo.MAC"}), // their order
                ElementsAre("Device.WiFi.SSID.1.SSID", "Device.DeviceInfo.MAC"));
}

TEST_F(rpc_read, P02_wrong_names)
{
    for (const char* name :
         {"Device.None", "Device.WiFi", "Device.WiFi.SSID.1.SSID.", "device.WiFi.", ".",
          "Device.WiFi.SSID.2.", "Device.NAT.PortMapping.{i}.Enable", "Device.WiFi.SSID.*.SSID"}) {
        EXPECT_EQ(fault_code(soap::get_parameter_values{{name}}), 9005u) << name;
        EXPECT_EQ(fault_code(soap::get_parameter_values{{"Device.", name}}), 9005u) << name;
        EXPECT_EQ(fault_code(soap::get_parameter_attributes{{name}}), 9005u) << name;
    }
    EXPECT_EQ(fault_code(soap::get_parameter_values{{"Device.WiFi.", "Device.WiFi.None"}}), 9005u);
}

TEST_F(rpc_read, P03_names_of_a_parameter)
{
    EXPECT_THAT(names("Device.WiFi.SSID.1.SSID", false), ElementsAre("Device.WiFi.SSID.1.SSID w"));
    EXPECT_EQ(fault_code(soap::get_parameter_names{"Device.WiFi.SSID.1.SSID", true}), 9003u);
}

TEST_F(rpc_read, P03_names_of_objects)
{
    EXPECT_THAT(names("Device.NAT.", false),
                UnorderedElementsAre("Device.NAT.", "Device.NAT.PortMapping. w",
                                     "Device.NAT.PortMappingNumberOfEntries"));
    EXPECT_THAT(
        names("Device.NAT.", true),
        UnorderedElementsAre("Device.NAT.PortMapping. w", "Device.NAT.PortMappingNumberOfEntries"));
    EXPECT_THAT(names("Device.NAT.PortMapping.", true), IsEmpty());
    EXPECT_THAT(names("", true), ElementsAre("Device."));
    EXPECT_THAT(names("Device.WiFi.SSID.", true), ElementsAre("Device.WiFi.SSID.1."));
    EXPECT_THAT(names("", false), Contains("Device.WiFi.SSID.1."));
}

TEST_F(rpc_read, P03_wrong_paths)
{
    for (const char* path : {"Device.None.", "Device.None", "Device.WiFi", "Other."})
        for (const bool next_level : {false, true})
            EXPECT_EQ(fault_code(soap::get_parameter_names{path, next_level}), 9005u) << path;
}

TEST_F(rpc_read, P08_attributes_have_the_models_defaults)
{
    const auto r = expect<soap::get_parameter_attributes_response>(soap::get_parameter_attributes{
        {"Device.WiFi.SSID.1.SSID", "Device.ManagementServer.ConnectionRequestURL"}});
    ASSERT_EQ(r.parameters.size(), 2u);
    EXPECT_EQ(r.parameters[0].name, "Device.WiFi.SSID.1.SSID");
    EXPECT_EQ(r.parameters[0].notification, 0u);
    EXPECT_EQ(r.parameters[1].notification, 2u);
}

} // namespace
} // namespace cpestorm::device
