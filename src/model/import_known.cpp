#include "model/import_known.hpp"

#include "model/path.hpp"
#include "model/value_template.hpp"

#include <algorithm>
#include <array>

namespace cpestorm::model {
namespace {

struct known {
    std::string_view path; // below the root
    known_traits traits;
};

constexpr known known_paths[] = {
    {"DeviceInfo.Manufacturer", {.value = "{manufacturer}"}},
    {"DeviceInfo.ManufacturerOUI", {.value = "{oui}"}},
    {"DeviceInfo.ProductClass", {.value = "{product_class}"}},
    {"DeviceInfo.SerialNumber", {.value = "{serial}"}},
    {"DeviceInfo.HardwareVersion", {.inform = true}},
    {"DeviceInfo.SoftwareVersion", {.inform = true, .notify = "force_enabled"}},
    {"DeviceInfo.ProvisioningCode", {.inform = true, .notify = "force_enabled"}},
    {"DeviceInfo.SpecVersion", {.inform = true}},
    {"DeviceInfo.UpTime", {.value = "{uptime}", .notify = "can_deny"}},
    {"DeviceSummary", {.inform = true}},
    {"RootDataModelVersion", {.inform = true}},
    {"ManagementServer.URL", {.value = "{acs_url}"}},
    {"ManagementServer.Username", {.value = "{acs_username}"}},
    {"ManagementServer.Password", {.value = "{acs_password}", .hidden = true}},
    {"ManagementServer.ConnectionRequestURL",
     {.value = "{connection_request_url}", .inform = true, .notify = "default_active"}},
    {"ManagementServer.ConnectionRequestUsername", {.value = "{connection_request_username}"}},
    {"ManagementServer.ConnectionRequestPassword",
     {.value = "{connection_request_password}", .hidden = true}},
    {"ManagementServer.PeriodicInformInterval", {.value = "{periodic_inform_interval}"}},
    {"ManagementServer.ParameterKey", {.clear = true, .inform = true, .notify = "can_deny"}},
    {"ManagementServer.AliasBasedAddressing", {.inform = true}},
    {"Time.CurrentLocalTime", {.value = "{current_time}", .notify = "can_deny"}},
    {"LAN.IPAddress", {.value = "{wan_ip}", .inform = true}},
};

// The default connection's address (TR-098); only the first one is in use.
constexpr std::array wan_addresses{
    "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.ExternalIPAddress",
    "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress",
};

bool contains_any(std::string_view path, std::initializer_list<std::string_view> parts)
{
    return std::ranges::any_of(parts,
                               [path](std::string_view p) { return path.find(p) != path.npos; });
}

} // namespace

known_traits known_parameter(std::string_view path)
{
    if (std::ranges::find(wan_addresses, path) != wan_addresses.end())
        return {.value = "{wan_ip}", .inform = true, .notify = "default_active"};
    const auto below = path.substr(path.find('.') + 1);
    const auto* at = std::ranges::find(known_paths, below, &known::path);
    return at == std::end(known_paths) ? known_traits{} : at->traits;
}

void mac_finder::look_at(std::string_view path)
{
    if (last_component(path) != "MACAddress") return;
    if (lan_.empty() && contains_any(path, {".LANEthernetInterfaceConfig.", ".Ethernet.Interface.",
                                            ".Ethernet.Link.", "Device.LAN."}))
        lan_ = path;
    else if (wan_.empty() && contains_any(path, {".WANIPConnection.", ".WANPPPConnection.",
                                                 ".WANEthernetInterfaceConfig.",
                                                 ".Ethernet.Interface.", ".Ethernet.Link."}))
        wan_ = path;
}

std::string mac_finder::token_for(std::string_view path) const
{
    if (path == lan_) return "{mac}";
    if (path == wan_) return "{mac:1}";
    return {};
}

std::string serial_pattern(std::string_view serial)
{
    std::size_t digits = 0;
    while (digits < 9 && digits < serial.size()) {
        const char c = serial[serial.size() - 1 - digits];
        if (c < '0' || c > '9') break;
        ++digits;
    }
    std::string out = value_template::escape(serial.substr(0, serial.size() - digits));
    out += "{index:" + std::to_string(digits == 0 ? 9 : digits) + '}';
    return out;
}

} // namespace cpestorm::model
