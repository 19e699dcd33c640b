#include "base/cwmp_names.hpp"

#include <array>

namespace cpestorm::base {
namespace {

constexpr std::array<std::string_view, method_count> methods{
    "Inform",
    "TransferComplete",
    "GetRPCMethods",
    "SetParameterValues",
    "GetParameterValues",
    "GetParameterNames",
    "SetParameterAttributes",
    "GetParameterAttributes",
    "AddObject",
    "DeleteObject",
    "Reboot",
    "FactoryReset",
    "Download",
    "other",
};

constexpr std::array<std::string_view, event_count> events{
    "0 BOOTSTRAP",
    "1 BOOT",
    "2 PERIODIC",
    "3 SCHEDULED",
    "4 VALUE CHANGE",
    "5 KICKED",
    "6 CONNECTION REQUEST",
    "7 TRANSFER COMPLETE",
    "8 DIAGNOSTICS COMPLETE",
    "9 REQUEST DOWNLOAD",
    "10 AUTONOMOUS TRANSFER COMPLETE",
    "11 DU STATE CHANGE COMPLETE",
    "12 AUTONOMOUS DU STATE CHANGE COMPLETE",
    "13 WAKEUP",
    "14 HEARTBEAT",
    "M Reboot",
    "M ScheduleInform",
    "M Download",
    "M ScheduleDownload",
    "M Upload",
    "M ChangeDUState",
};

constexpr std::array<std::string_view, failure_reason_count> failure_reasons{
    "connect_refused", "connect_timeout", "tls",          "auth",       "http_3xx",
    "http_4xx",        "http_5xx",        "read_timeout", "peer_reset", "soap_parse",
    "cwmp_fault",      "protocol",        "local_error",  "aborted",
};

} // namespace

std::string_view name(method m) noexcept
{
    return methods[static_cast<std::size_t>(m)];
}

std::string_view name(event e) noexcept
{
    return events[static_cast<std::size_t>(e)];
}

std::optional<event> parse_event(std::string_view code) noexcept
{
    for (std::size_t i = 0; i != events.size(); ++i)
        if (events[i] == code) return static_cast<event>(i);
    return std::nullopt;
}

std::string_view name(failure_reason r) noexcept
{
    return failure_reasons[static_cast<std::size_t>(r)];
}

} // namespace cpestorm::base
