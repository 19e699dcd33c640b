#include "samples.hpp"

#include <gtest/gtest.h>

namespace cpestorm::soap::test {
namespace {

std::vector<parameter_value> every_type()
{
    const std::string at = "Device.X_EXAMPLE_Test.";
    return {
        {at + "String", "a < b & \"c\" > 'd'", value_type::string},
        {at + "Blank", "  two  blanks  ", value_type::string},
        {at + "Lines", "one\r\ntwo\tthree\n", value_type::string},
        {at + "Utf8", "Gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80", value_type::string},
        {at + "Empty", "", value_type::string},
        {at + "Int", "-2147483648", value_type::int_},
        {at + "UnsignedInt", "4294967295", value_type::unsigned_int},
        {at + "Long", "-9223372036854775808", value_type::long_},
        {at + "UnsignedLong", "18446744073709551615", value_type::unsigned_long},
        {at + "Boolean", "true", value_type::boolean},
        {at + "DateTime", "2026-11-23T06:46:10Z", value_type::date_time},
        {at + "Base64", "AAEC/w==", value_type::base64},
        {at + "HexBinary", "00FF", value_type::hex_binary},
        {at + "Decimal", "-1.50", value_type::decimal},
        {at + "Untyped", "1", value_type::string, false},
    };
}

inform boot_inform()
{
    inform m;
    m.device = {"Example", "00A1B2", "Gateway", "SN0001"};
    m.events = {{"1 BOOT", ""}, {"M Reboot", "key & lock"}};
    m.current_time = "2026-11-23T06:46:10Z";
    m.retry_count = 3;
    m.parameters = {
        {"Device.RootDataModelVersion", "2.17", value_type::string},
        {"Device.ManagementServer.AliasBasedAddressing", "0", value_type::boolean},
    };
    return m;
}

fault set_parameter_values_fault()
{
    return {9003,
            "Invalid arguments",
            {{"Device.Time.Enable", 9007, "Invalid parameter value"}, {"Device.Nope", 9005, ""}}};
}

envelope wrapped(message m)
{
    envelope e;
    e.id = "1001";
    e.message = std::move(m);
    return e;
}

std::vector<sample> make_samples()
{
    const std::vector<std::string> no_names;
    const set_attributes_entry notify{"Device.DeviceInfo.", true, 2, true, {"Subscriber"}};
    const set_attributes_entry leave{"Device.Time.Enable", false, 0, false, {}};
    const download file{"key",
                        "1 Firmware Upgrade Image",
                        "http://files.example/fw?a=1&b=2",
                        "user",
                        "pass",
                        1048576,
                        "fw.bin",
                        60,
                        "http://ok.example/",
                        "http://no.example/"};
    const download_response done{0, "2026-11-23T06:46:10Z", "2026-11-23T06:47:10Z"};

    std::vector<std::pair<std::string, message>> all{
        {"Inform", boot_inform()},
        {"InformResponse", inform_response{}},
        {"TransferComplete", transfer_complete{"key",
                                               {9010, "File transfer failure"},
                                               "2026-11-23T06:46:10Z",
                                               "0001-01-01T00:00:00Z"}},
        {"TransferCompleteResponse", transfer_complete_response{}},
        {"GetRPCMethods", get_rpc_methods{}},
        {"GetRPCMethodsResponse", get_rpc_methods_response{{"GetRPCMethods", "Inform"}}},
        {"GetRPCMethodsResponse-empty", get_rpc_methods_response{}},
        {"SetParameterValues", set_parameter_values{every_type(), "key"}},
        {"SetParameterValues-empty", set_parameter_values{}},
        {"SetParameterValuesResponse", set_parameter_values_response{1}},
        {"GetParameterValues", get_parameter_values{{"Device.", "Device.Time.Enable", ""}}},
        {"GetParameterValuesResponse", get_parameter_values_response{every_type()}},
        {"GetParameterValuesResponse-empty", get_parameter_values_response{}},
        {"GetParameterNames", get_parameter_names{"", true}},
        {"GetParameterNamesResponse",
         get_parameter_names_response{{{"Device.", false}, {"Device.Time.Enable", true}}}},
        {"GetParameterNamesResponse-empty", get_parameter_names_response{}},
        {"SetParameterAttributes", set_parameter_attributes{{notify, leave}}},
        {"SetParameterAttributesResponse", set_parameter_attributes_response{}},
        {"GetParameterAttributes", get_parameter_attributes{{"Device.Time."}}},
        {"GetParameterAttributesResponse",
         get_parameter_attributes_response{
             {{"Device.Time.Enable", 2, {"Subscriber", "Subscriber"}}, {"Device.X", 0, {}}}}},
        {"AddObject", add_object{"Device.WiFi.SSID.", "key"}},
        {"AddObjectResponse", add_object_response{4294967295, 1}},
        {"DeleteObject", delete_object{"Device.WiFi.SSID.3.", ""}},
        {"DeleteObjectResponse", delete_object_response{}},
        {"Reboot", reboot{"key"}},
        {"RebootResponse", reboot_response{}},
        {"FactoryReset", factory_reset{}},
        {"FactoryResetResponse", factory_reset_response{}},
        {"Download", file},
        {"DownloadResponse", download_response{}},
        {"DownloadResponse-done", done},
        {"Fault", fault{8005, "Retry request", {}}},
        {"Fault-SetParameterValues", set_parameter_values_fault()},
        {"Fault-plain", fault{0, "out of order", {}}},
        {"unknown", unknown_method{"ScheduleInform"}},
    };
    std::vector<sample> result;
    for (auto& [name, m] : all)
        result.push_back({name, wrapped(std::move(m))});
    for (sample& s : result) // a list of methods has at least one; a stranger's arguments are lost
        s.in_schema = s.name != "GetRPCMethodsResponse-empty" && s.name != "unknown";
    return result;
}

std::vector<sample> add_headers(std::vector<sample> all)
{
    for (sample& s : all) {
        if (s.name == "Inform") {
            s.what.session_timeout = 30;
            s.what.supported_versions = "1.0,1.1,1.2,1.3,1.4";
        } else if (s.name == "InformResponse") {
            s.what.use_version = "1.2";
        } else if (s.name == "Reboot") {
            s.what.hold_requests = true;
            s.what.ns = cwmp_namespace::cwmp_1_0;
        } else if (s.name == "Download") {
            s.what.id = "  spaced & <odd>\t";
            s.what.hold_requests = false;
            s.what.ns = cwmp_namespace::cwmp_1_1;
        } else if (s.name == "GetRPCMethods") {
            s.what.id.reset();
        }
    }
    return all;
}

} // namespace

const std::vector<sample>& samples()
{
    static const std::vector<sample> all = add_headers(make_samples());
    return all;
}

std::string encoded(const envelope& e)
{
    std::string out;
    encode(out, e);
    return out;
}

std::string wrap(std::string_view body, std::string_view header)
{
    std::string out = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                      " xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"><s:Header>";
    out.append(header).append("</s:Header><s:Body>").append(body).append("</s:Body></s:Envelope>");
    return out;
}

envelope must_decode(std::string_view xml, std::vector<std::string_view>* deviations)
{
    const auto result = decode(xml, deviations);
    if (result.has_value()) return *result;
    ADD_FAILURE() << "refused: " << result.error().text << "\n" << xml.substr(0, 2000);
    return {};
}

decode_error must_refuse(std::string_view xml)
{
    const auto result = decode(xml);
    if (result.has_error()) return result.error();
    ADD_FAILURE() << "accepted: " << xml.substr(0, 2000);
    return {};
}

} // namespace cpestorm::soap::test

namespace cpestorm::soap {

void PrintTo(const envelope& e, std::ostream* out)
{
    *out << test::encoded(e);
}

void PrintTo(decode_error::kind k, std::ostream* out)
{
    constexpr const char* names[]{"not_xml", "not_soap", "must_understand", "bad_arguments"};
    *out << names[static_cast<int>(k)];
}

} // namespace cpestorm::soap
