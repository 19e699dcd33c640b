#pragma once

// The messages of CWMP, one plain struct each, in the field order of the schema (TR-069 Annex A,
// cwmp-1-0.xsd to cwmp-1-4.xsd). Strings are UTF-8, unescaped.

#include "base/value_type.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cpestorm::soap {

using base::value_type;

struct parameter_value {
    std::string name;
    std::string value;
    value_type type = value_type::string;
    bool typed = true; // false: the sender left xsi:type out
    bool operator==(const parameter_value&) const = default;
};

struct device_id {
    std::string manufacturer;
    std::string oui; // six upper-case hex digits
    std::string product_class;
    std::string serial_number;
    bool operator==(const device_id&) const = default;
};

struct event_struct {
    std::string code; // "0 BOOTSTRAP", "M Reboot", ...
    std::string command_key;
    bool operator==(const event_struct&) const = default;
};

// --- CPE to ACS ---------------------------------------------------------------------------------

struct inform {
    device_id device;
    std::vector<event_struct> events;
    unsigned max_envelopes = 1;
    std::string current_time; // xsd:dateTime
    unsigned retry_count = 0;
    std::vector<parameter_value> parameters;
    bool operator==(const inform&) const = default;
};
struct inform_response {
    unsigned max_envelopes = 1;
    bool operator==(const inform_response&) const = default;
};

struct fault_struct {
    unsigned code = 0; // 0 = success
    std::string text;
    bool operator==(const fault_struct&) const = default;
};

struct transfer_complete {
    std::string command_key;
    fault_struct fault;
    std::string start_time;    // xsd:dateTime, UTC
    std::string complete_time; // xsd:dateTime, UTC
    bool operator==(const transfer_complete&) const = default;
};
struct transfer_complete_response {
    bool operator==(const transfer_complete_response&) const = default;
};

// --- both ways ----------------------------------------------------------------------------------

struct get_rpc_methods {
    bool operator==(const get_rpc_methods&) const = default;
};
struct get_rpc_methods_response {
    std::vector<std::string> methods;
    bool operator==(const get_rpc_methods_response&) const = default;
};

// --- ACS to CPE ---------------------------------------------------------------------------------

struct set_parameter_values {
    std::vector<parameter_value> parameters;
    std::string parameter_key;
    bool operator==(const set_parameter_values&) const = default;
};
struct set_parameter_values_response {
    unsigned status = 0; // 0 applied, 1 committed but not yet applied
    bool operator==(const set_parameter_values_response&) const = default;
};

struct get_parameter_values {
    std::vector<std::string> names; // full names or partial paths
    bool operator==(const get_parameter_values&) const = default;
};
struct get_parameter_values_response {
    std::vector<parameter_value> parameters;
    bool operator==(const get_parameter_values_response&) const = default;
};

struct get_parameter_names {
    std::string path;
    bool next_level = false;
    bool operator==(const get_parameter_names&) const = default;
};
struct parameter_info {
    std::string name; // objects end in "."
    bool writable = false;
    bool operator==(const parameter_info&) const = default;
};
struct get_parameter_names_response {
    std::vector<parameter_info> parameters;
    bool operator==(const get_parameter_names_response&) const = default;
};

struct set_attributes_entry {
    std::string name;
    bool notification_change = false;
    unsigned notification = 0; // 0 off, 1 passive, 2 active, 3..6 lightweight
    bool access_list_change = false;
    std::vector<std::string> access_list;
    bool operator==(const set_attributes_entry&) const = default;
};
struct set_parameter_attributes {
    std::vector<set_attributes_entry> parameters;
    bool operator==(const set_parameter_attributes&) const = default;
};
struct set_parameter_attributes_response {
    bool operator==(const set_parameter_attributes_response&) const = default;
};

struct parameter_attributes {
    std::string name;
    unsigned notification = 0;
    std::vector<std::string> access_list;
    bool operator==(const parameter_attributes&) const = default;
};
struct get_parameter_attributes {
    std::vector<std::string> names;
    bool operator==(const get_parameter_attributes&) const = default;
};
struct get_parameter_attributes_response {
    std::vector<parameter_attributes> parameters;
    bool operator==(const get_parameter_attributes_response&) const = default;
};

struct add_object {
    std::string object_name; // a table, ends in "."
    std::string parameter_key;
    bool operator==(const add_object&) const = default;
};
struct add_object_response {
    std::uint32_t instance_number = 0;
    unsigned status = 0;
    bool operator==(const add_object_response&) const = default;
};

struct delete_object {
    std::string object_name; // an instance, ends in "."
    std::string parameter_key;
    bool operator==(const delete_object&) const = default;
};
struct delete_object_response {
    unsigned status = 0;
    bool operator==(const delete_object_response&) const = default;
};

struct reboot {
    std::string command_key;
    bool operator==(const reboot&) const = default;
};
struct reboot_response {
    bool operator==(const reboot_response&) const = default;
};

struct factory_reset {
    bool operator==(const factory_reset&) const = default;
};
struct factory_reset_response {
    bool operator==(const factory_reset_response&) const = default;
};

struct download {
    std::string command_key;
    std::string file_type; // "1 Firmware Upgrade Image", ...
    std::string url;
    std::string username;
    std::string password;
    std::uint32_t file_size = 0; // bytes, 0 = unknown
    std::string target_file_name;
    std::uint32_t delay_seconds = 0;
    std::string success_url;
    std::string failure_url;
    bool operator==(const download&) const = default;
};
struct download_response {
    unsigned status = 1; // 0 done, 1 will be reported by TransferComplete
    std::string start_time = "0001-01-01T00:00:00Z";
    std::string complete_time = "0001-01-01T00:00:00Z";
    bool operator==(const download_response&) const = default;
};

// --- faults and strangers -----------------------------------------------------------------------

struct set_parameter_fault {
    std::string parameter_name;
    unsigned code = 0;
    std::string text;
    bool operator==(const set_parameter_fault&) const = default;
};
struct fault {
    unsigned code = 0; // 8000..8899 from the ACS, 9000..9899 from the CPE; 0: no CWMP detail
    std::string text;
    std::vector<set_parameter_fault> parameters; // SetParameterValues only
    bool operator==(const fault&) const = default;
};

// A well-formed body whose element is no method this program knows.
struct unknown_method {
    std::string name; // local name
    bool operator==(const unknown_method&) const = default;
};

using message =
    std::variant<inform, inform_response, transfer_complete, transfer_complete_response,
                 get_rpc_methods, get_rpc_methods_response, set_parameter_values,
                 set_parameter_values_response, get_parameter_values, get_parameter_values_response,
                 get_parameter_names, get_parameter_names_response, set_parameter_attributes,
                 set_parameter_attributes_response, get_parameter_attributes,
                 get_parameter_attributes_response, add_object, add_object_response, delete_object,
                 delete_object_response, reboot, reboot_response, factory_reset,
                 factory_reset_response, download, download_response, fault, unknown_method>;

enum class message_role : std::uint8_t { request, response, fault };

// Whether a message asks or answers; a stranger counts as a request unless its name ends in
// "Response".
[[nodiscard]] message_role role_of(const message& m) noexcept;

// The local name of the body's child element: "Inform", "InformResponse", "Fault", ...
// The view lives as long as `m`.
[[nodiscard]] std::string_view method_name(const message& m) noexcept;

} // namespace cpestorm::soap
