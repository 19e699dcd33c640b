// Which arguments a method cannot do without, and what becomes of the others.

#include "samples.hpp"

#include <gmock/gmock.h>

namespace cpestorm::soap::test {
namespace {

// A method without one of its arguments, or with one spoilt; `culprit` is what must be named.
struct bad {
    std::string_view method;
    std::string_view arguments;
    std::string_view culprit;
};

constexpr bad bads[]{
    {"Inform", "", "DeviceId"},
    {"Inform", "<DeviceId><SerialNumber>1</SerialNumber></DeviceId><Event/><ParameterList/>",
     "OUI"},
    {"Inform", "<DeviceId><OUI>0</OUI></DeviceId><Event/><ParameterList/>", "SerialNumber"},
    {"Inform", "<DeviceId><OUI/><SerialNumber/></DeviceId><ParameterList/>", "Event"},
    {"Inform", "<DeviceId><OUI/><SerialNumber/></DeviceId><Event/>", "ParameterList"},
    {"Inform", "<DeviceId><OUI/><SerialNumber/></DeviceId><Event><EventStruct/></Event>",
     "EventCode"},
    {"Inform",
     "<DeviceId><OUI/><SerialNumber/></DeviceId><Event/><ParameterList/><RetryCount>x</RetryCount>",
     "RetryCount"},
    {"InformResponse", "<MaxEnvelopes>one</MaxEnvelopes>", "MaxEnvelopes"},
    {"TransferComplete", "<CommandKey/>", "FaultStruct"},
    {"TransferComplete", "<FaultStruct/>", "FaultCode"},
    {"TransferComplete", "<FaultStruct><FaultCode/></FaultStruct>", "FaultCode"},
    {"GetRPCMethodsResponse", "", "MethodList"},
    {"SetParameterValues", "<ParameterKey/>", "ParameterList"},
    {"SetParameterValues",
     "<ParameterList><ParameterValueStruct><Value/></ParameterValueStruct></ParameterList>",
     "Name"},
    {"SetParameterValues",
     "<ParameterList><ParameterValueStruct><Name/></ParameterValueStruct></ParameterList>",
     "Value"},
    {"SetParameterValuesResponse", "<Status>-1</Status>", "Status"},
    {"GetParameterValues", "", "ParameterNames"},
    {"GetParameterValuesResponse", "", "ParameterList"},
    {"GetParameterNames", "<NextLevel>1</NextLevel>", "ParameterPath"},
    {"GetParameterNames", "<ParameterPath/><NextLevel>2</NextLevel>", "NextLevel"},
    {"GetParameterNames", "<ParameterPath/><NextLevel/>", "NextLevel"},
    {"GetParameterNamesResponse", "", "ParameterList"},
    {"GetParameterNamesResponse", "<ParameterList><x><Writable>1</Writable></x></ParameterList>",
     "Name"},
    {"SetParameterAttributes", "", "ParameterList"},
    {"SetParameterAttributes", "<ParameterList><x/></ParameterList>", "Name"},
    {"SetParameterAttributes",
     "<ParameterList><x><Name/><NotificationChange>1</NotificationChange></x></ParameterList>",
     "Notification"},
    {"SetParameterAttributes",
     "<ParameterList><x><Name/><AccessListChange>true</AccessListChange></x></ParameterList>",
     "AccessList"},
    {"GetParameterAttributes", "", "ParameterNames"},
    {"GetParameterAttributesResponse", "", "ParameterList"},
    {"GetParameterAttributesResponse", "<ParameterList><x><Name/></x></ParameterList>",
     "Notification"},
    {"AddObject", "<ParameterKey>k</ParameterKey>", "ObjectName"},
    {"AddObjectResponse", "<Status>0</Status>", "InstanceNumber"},
    {"AddObjectResponse", "<InstanceNumber>4294967296</InstanceNumber>", "InstanceNumber"},
    {"DeleteObject", "<ParameterKey>k</ParameterKey>", "ObjectName"},
    {"DeleteObjectResponse", "<Status>0x1</Status>", "Status"},
    {"Download", "<URL>http://a/</URL>", "FileType"},
    {"Download", "<FileType>1 Firmware Upgrade Image</FileType>", "URL"},
    {"Download", "<FileType/><URL/><FileSize>1 MB</FileSize>", "FileSize"},
    {"Download", "<FileType/><URL/><DelaySeconds>-5</DelaySeconds>", "DelaySeconds"},
    {"DownloadResponse", "<Status>done</Status>", "Status"},
};

std::string call(std::string_view method, std::string_view arguments)
{
    std::string body = "<cwmp:";
    body.append(method).append(">").append(arguments).append("</cwmp:").append(method).append(">");
    return wrap(body);
}

TEST(arguments, what_is_needed_is_refused_with_all_an_answer_needs)
{
    for (const bad& b : bads) {
        SCOPED_TRACE(call(b.method, b.arguments));
        const decode_error e = must_refuse(call(b.method, b.arguments));
        EXPECT_EQ(e.what, decode_error::kind::bad_arguments);
        EXPECT_EQ(e.element, b.culprit);
        EXPECT_EQ(e.method, b.method);
        EXPECT_EQ(e.id, "7");
        EXPECT_EQ(e.ns, cwmp_namespace::cwmp_1_0);
        EXPECT_THAT(e.text, testing::StartsWith(std::string(b.method) + ": " +
                                                std::string(b.culprit) + " is "));
    }
}

// What is left when all that can be left out is left out.
struct sparse {
    std::string_view method;
    std::string_view arguments;
    soap::message message;
};

TEST(arguments, what_can_be_missing_reads_as_empty)
{
    const sparse all[]{
        {"Inform",
         "<DeviceId><OUI>1</OUI><SerialNumber>2</SerialNumber></DeviceId>"
         "<Event><EventStruct><EventCode>1 BOOT</EventCode></EventStruct></Event>"
         "<ParameterList/>",
         inform{.device = {"", "1", "", "2"},
                .events = {{"1 BOOT", ""}},
                .current_time = {},
                .parameters = {}}},
        {"InformResponse", "", inform_response{}},
        {"TransferComplete", "<FaultStruct><FaultCode>0</FaultCode></FaultStruct>",
         transfer_complete{}},
        {"SetParameterValues", "<ParameterList/>", set_parameter_values{}},
        {"SetParameterValuesResponse", "", set_parameter_values_response{}},
        {"GetParameterNames", "<ParameterPath>Device.</ParameterPath>",
         get_parameter_names{"Device.", false}},
        {"GetParameterNamesResponse", "<ParameterList><x><Name>Device.</Name></x></ParameterList>",
         get_parameter_names_response{{{"Device.", false}}}},
        {"SetParameterAttributes", "<ParameterList><x><Name>A</Name></x></ParameterList>",
         set_parameter_attributes{{{"A", false, 0, false, {}}}}},
        {"GetParameterAttributesResponse",
         "<ParameterList><x><Name>A</Name><Notification>1</Notification></x></ParameterList>",
         get_parameter_attributes_response{{{"A", 1, {}}}}},
        {"AddObject", "<ObjectName>A.</ObjectName>", add_object{"A.", ""}},
        {"AddObjectResponse", "<InstanceNumber>3</InstanceNumber>", add_object_response{3, 0}},
        {"DeleteObject", "<ObjectName>A.1.</ObjectName>", delete_object{"A.1.", ""}},
        {"DeleteObjectResponse", "", delete_object_response{}},
        {"Reboot", "", reboot{}},
        {"Download", "<FileType>t</FileType><URL>u</URL>",
         download{.command_key = {},
                  .file_type = "t",
                  .url = "u",
                  .username = {},
                  .password = {},
                  .target_file_name = {},
                  .success_url = {},
                  .failure_url = {}}},
        {"DownloadResponse", "", download_response{}},
    };
    for (const sparse& s : all) {
        std::vector<std::string_view> deviations;
        const envelope e = must_decode(call(s.method, s.arguments), &deviations);
        EXPECT_TRUE(e.message == s.message) << encoded(e);
        EXPECT_THAT(deviations, testing::Contains("argument missing")) << s.method;
    }
}

TEST(arguments, booleans_in_any_spelling)
{
    const auto next_level = [](std::string_view text, std::vector<std::string_view>* deviations) {
        std::string arguments = "<ParameterPath/><NextLevel>";
        arguments.append(text).append("</NextLevel>");
        const envelope e = must_decode(call("GetParameterNames", arguments), deviations);
        return std::get<get_parameter_names>(e.message).next_level;
    };
    std::vector<std::string_view> deviations;
    EXPECT_TRUE(next_level("1", &deviations));
    EXPECT_TRUE(next_level("\n true ", &deviations));
    EXPECT_FALSE(next_level("0", &deviations));
    EXPECT_FALSE(next_level("false", &deviations));
    EXPECT_THAT(deviations, testing::IsEmpty());
    EXPECT_TRUE(next_level("True", &deviations));
    EXPECT_FALSE(next_level("FALSE", &deviations));
    EXPECT_THAT(deviations, testing::ElementsAre("boolean misspelt", "boolean misspelt"));
}

TEST(arguments, white_space_of_strings_is_kept)
{
    for (const std::string text : {" ", "\n", " a ", "\ta\n"}) {
        const envelope e = must_decode(call("Reboot", "<CommandKey>" + text + "</CommandKey>"));
        EXPECT_EQ(std::get<reboot>(e.message).command_key, text);
    }
    const envelope e =
        must_decode(call("Reboot", "<CommandKey> <![CDATA[ a ]]> <!-- b --> </CommandKey>"));
    EXPECT_EQ(std::get<reboot>(e.message).command_key, "  a   ");
}

TEST(arguments, the_first_of_two_counts)
{
    const envelope e =
        must_decode(call("Reboot", "<CommandKey>a</CommandKey><CommandKey>b</CommandKey>"));
    EXPECT_EQ(std::get<reboot>(e.message).command_key, "a");
}

TEST(arguments, array_counts)
{
    const auto deviations_of = [](std::string_view type) {
        std::vector<std::string_view> deviations;
        std::string arguments = "<ParameterNames e:arrayType='";
        arguments.append(type).append("'><string>A</string></ParameterNames>");
        (void)must_decode(call("GetParameterValues", arguments), &deviations); // only they matter
        return deviations;
    };
    EXPECT_THAT(deviations_of("xsd:string[1]"), testing::IsEmpty());
    EXPECT_THAT(deviations_of("xsd:string[01]"), testing::IsEmpty());
    for (const std::string_view type :
         {"xsd:string[2]", "xsd:string[]", "xsd:string", "xsd:string[1", "", "[", "]1[",
          "xsd:string[18446744073709551617]"})
        EXPECT_THAT(deviations_of(type), testing::ElementsAre("arrayType count differs")) << type;
}

} // namespace
} // namespace cpestorm::soap::test
