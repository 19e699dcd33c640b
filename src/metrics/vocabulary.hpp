#pragma once

// The closed sets that counters are indexed by, beside those of base/cwmp_names.hpp. Each has a
// name as reports and dashboards show it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cpestorm::metrics {

// The number of enumerators of an enum that ends in `end_`.
template <class Enum>
inline constexpr std::size_t count_of = static_cast<std::size_t>(Enum::end_);

// Why a due session was not begun.
enum class shed_reason : std::uint8_t {
    concurrency_cap, // as many sessions in flight as the plan allows
    no_source_port,  // all local ports towards the ACS in use
    fd_limit,        // no file descriptor left
    late_skip,       // too late already, and the plan says to skip such
    paused,          // load was paused by the user
    abort,           // the run was stopped
    end_,
};
[[nodiscard]] std::string_view name(shed_reason r) noexcept; // "concurrency_cap"

// Who calls the RPC.
enum class direction : std::uint8_t { cpe, acs, end_ };
[[nodiscard]] std::string_view name(direction d) noexcept; // "cpe"

enum class rpc_outcome : std::uint8_t { ok, fault, end_ };
[[nodiscard]] std::string_view name(rpc_outcome o) noexcept; // "ok"

// How a connection request was answered.
enum class connection_request_outcome : std::uint8_t {
    ok,           // 200 or 204: the device starts a session
    unauthorized, // 401; every Digest exchange begins with one
    busy,         // 503: in a session, or too many requests (TR-069 §3.2.2)
    not_found,    // 404: not this device's path, or no device there
    end_,
};
[[nodiscard]] std::string_view name(connection_request_outcome o) noexcept; // "unauthorized"

enum class transfer_kind : std::uint8_t { download, upload, end_ };
[[nodiscard]] std::string_view name(transfer_kind k) noexcept; // "download"

// What a device does. Every configured device is in exactly one state.
enum class device_state : std::uint8_t {
    not_started, // its first session is not yet due
    idle,        // waits for the next event
    in_session,
    backoff, // waits to repeat a failed session (TR-069 §3.2.1.1)
    offline, // reboots, or is switched off
    end_,
};
[[nodiscard]] std::string_view name(device_state s) noexcept; // "in_session"

// CWMP fault codes (TR-069 A.5.1, A.5.2) as a small index: 8000..8006, 9000..9032, vendor
// (88xx, 98xx), other.
inline constexpr std::size_t fault_slots = 7 + 33 + 2;
[[nodiscard]] std::size_t fault_slot(unsigned code) noexcept;
[[nodiscard]] std::string_view fault_slot_name(std::size_t slot) noexcept; // "9005", "vendor"

// HTTP statuses 100..599, and one slot for what is none of them.
inline constexpr std::size_t http_slots = 501;
[[nodiscard]] constexpr std::size_t http_slot(unsigned status) noexcept
{
    return status >= 100 && status <= 599 ? status - 100 : http_slots - 1;
}
[[nodiscard]] std::string http_slot_name(std::size_t slot); // "404", "other"

} // namespace cpestorm::metrics
