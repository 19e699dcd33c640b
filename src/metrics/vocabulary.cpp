#include "metrics/vocabulary.hpp"

#include <array>

namespace cpestorm::metrics {
namespace {

template <class Enum>
using names_of = std::array<std::string_view, count_of<Enum>>;

constexpr names_of<shed_reason> shed_reasons{"concurrency_cap", "no_source_port", "fd_limit",
                                             "late_skip",       "paused",         "abort"};
constexpr names_of<direction> directions{"cpe", "acs"};
constexpr names_of<rpc_outcome> rpc_outcomes{"ok", "fault"};
constexpr names_of<connection_request_outcome> connection_request_outcomes{"ok", "unauthorized",
                                                                           "busy", "not_found"};
constexpr names_of<transfer_kind> transfer_kinds{"download", "upload"};
constexpr names_of<device_state> device_states{"not_started", "idle", "in_session", "backoff",
                                               "offline"};

constexpr std::array<std::string_view, fault_slots> fault_names{
    "8000", "8001", "8002", "8003", "8004", "8005", "8006", "9000",   "9001",  "9002", "9003",
    "9004", "9005", "9006", "9007", "9008", "9009", "9010", "9011",   "9012",  "9013", "9014",
    "9015", "9016", "9017", "9018", "9019", "9020", "9021", "9022",   "9023",  "9024", "9025",
    "9026", "9027", "9028", "9029", "9030", "9031", "9032", "vendor", "other",
};

} // namespace

std::string_view name(shed_reason r) noexcept
{
    return shed_reasons[static_cast<std::size_t>(r)];
}

std::string_view name(direction d) noexcept
{
    return directions[static_cast<std::size_t>(d)];
}

std::string_view name(rpc_outcome o) noexcept
{
    return rpc_outcomes[static_cast<std::size_t>(o)];
}

std::string_view name(connection_request_outcome o) noexcept
{
    return connection_request_outcomes[static_cast<std::size_t>(o)];
}

std::string_view name(transfer_kind k) noexcept
{
    return transfer_kinds[static_cast<std::size_t>(k)];
}

std::string_view name(device_state s) noexcept
{
    return device_states[static_cast<std::size_t>(s)];
}

std::size_t fault_slot(unsigned code) noexcept
{
    if (code >= 8000 && code <= 8006) return code - 8000;
    if (code >= 9000 && code <= 9032) return code - 9000 + 7;
    const bool vendor = (code >= 8800 && code <= 8899) || (code >= 9800 && code <= 9899);
    return vendor ? fault_slots - 2 : fault_slots - 1;
}

std::string_view fault_slot_name(std::size_t slot) noexcept
{
    return fault_names[slot];
}

std::string http_slot_name(std::size_t slot)
{
    return slot + 1 < http_slots ? std::to_string(100 + slot) : "other";
}

} // namespace cpestorm::metrics
