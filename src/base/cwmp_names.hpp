#pragma once

// The closed vocabularies of CWMP that protocol, measurement and reports share: methods, events,
// reasons of failure. Each has a name as users and dashboards see it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cpestorm::base {

// RPC methods (TR-069 Annex A). A message that answers a method counts under the method.
enum class method : std::uint8_t {
    inform,
    transfer_complete,
    get_rpc_methods,
    set_parameter_values,
    get_parameter_values,
    get_parameter_names,
    set_parameter_attributes,
    get_parameter_attributes,
    add_object,
    delete_object,
    reboot,
    factory_reset,
    download,
    other, // anything this program has no struct for
};
inline constexpr std::size_t method_count = static_cast<std::size_t>(method::other) + 1;
[[nodiscard]] std::string_view name(method m) noexcept; // "GetParameterValues"; "other"

// Event codes (TR-069 §3.7.1.5, table 8). The numbered ones come first, in their order.
enum class event : std::uint8_t {
    bootstrap,
    boot,
    periodic,
    scheduled,
    value_change,
    kicked,
    connection_request,
    transfer_complete,
    diagnostics_complete,
    request_download,
    autonomous_transfer_complete,
    du_state_change_complete,
    autonomous_du_state_change_complete,
    wakeup,
    heartbeat,
    m_reboot,
    m_schedule_inform,
    m_download,
    m_schedule_download,
    m_upload,
    m_change_du_state,
};
inline constexpr std::size_t event_count = static_cast<std::size_t>(event::m_change_du_state) + 1;
[[nodiscard]] std::string_view name(event e) noexcept; // "0 BOOTSTRAP", "M Reboot"
[[nodiscard]] std::optional<event> parse_event(std::string_view code) noexcept;

// Why a session failed. Exactly one per failed session.
enum class failure_reason : std::uint8_t {
    connect_refused, // RST, no route, unknown host
    connect_timeout,
    tls,      // handshake or certificate
    auth,     // credentials refused, or asked for and we have none
    http_3xx, // redirect that cannot be followed, or too many
    http_4xx,
    http_5xx,
    read_timeout, // no complete answer in time
    peer_reset,   // connection lost in the middle of the session
    soap_parse,   // the answer is no SOAP envelope
    cwmp_fault,   // the ACS answered the Inform with a fault
    protocol,     // an answer that breaks the turn rules
    local_error,  // our own limits: descriptors, ports, memory
    aborted,      // we stopped it
};
inline constexpr std::size_t failure_reason_count =
    static_cast<std::size_t>(failure_reason::aborted) + 1;
[[nodiscard]] std::string_view name(failure_reason r) noexcept; // "connect_refused"

} // namespace cpestorm::base
