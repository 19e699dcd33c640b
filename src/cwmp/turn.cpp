#include "cwmp/turn.hpp"

#include <array>
#include <optional>

namespace cpestorm::cwmp {
namespace {

struct transition {
    turn from;
    said what;
    turn to;
};

// Every legal turn. What depends on HoldRequests and on who has finished is in take().
constexpr std::array table{
    transition{turn::cpe_inform, said::cpe_inform, turn::acs_inform_response},

    transition{turn::acs_inform_response, said::acs_inform_response, turn::cpe_free},
    transition{turn::acs_inform_response, said::acs_inform_fault, turn::over},
    transition{turn::acs_inform_response, said::acs_retry_fault, turn::cpe_inform},

    transition{turn::cpe_free, said::cpe_request, turn::acs_response},
    transition{turn::cpe_free, said::cpe_empty, turn::acs_free},

    transition{turn::acs_response, said::acs_response, turn::cpe_free},
    transition{turn::acs_response, said::acs_retry_fault, turn::cpe_free},

    transition{turn::acs_free, said::acs_request, turn::cpe_response},
    transition{turn::acs_free, said::acs_empty, turn::over},

    transition{turn::cpe_response, said::cpe_response, turn::acs_free},
};

constexpr std::optional<turn> after(turn from, said what) noexcept
{
    for (const auto& t : table)
        if (t.from == from && t.what == what) return t.to;
    return std::nullopt;
}

constexpr bool by_acs(said s) noexcept
{
    return s >= said::acs_inform_response;
}

} // namespace

bool conversation::take(said what, bool hold) noexcept
{
    auto next = after(turn_, what);
    if (!next) return false;
    if (what == said::cpe_request && !cpe_may_request()) return false;
    // An ACS that has nothing to say ends the session only if the CPE has nothing to say either;
    // otherwise the CPE goes on, as after a hold (TR-069 §3.7.2.4).
    if (what == said::acs_empty && !cpe_done_) next = turn::cpe_free;
    if (what == said::cpe_empty && !hold_) cpe_done_ = true;
    if (by_acs(what)) hold_ = hold && what != said::acs_empty;
    turn_ = *next;
    return true;
}

bool conversation::cpe_may_request() const noexcept
{
    return turn_ == turn::cpe_free && !hold_ && !cpe_done_;
}

std::string_view name(turn t) noexcept
{
    switch (t) {
    case turn::cpe_inform:
        return "CPE must send Inform";
    case turn::acs_inform_response:
        return "ACS must answer the Inform";
    case turn::cpe_free:
        return "CPE may send a request or an empty POST";
    case turn::acs_response:
        return "ACS must answer a request";
    case turn::acs_free:
        return "ACS may send a request or an empty response";
    case turn::cpe_response:
        return "CPE must answer a request";
    case turn::over:
        return "session over";
    }
    return "";
}

std::string_view name(said s) noexcept
{
    switch (s) {
    case said::cpe_inform:
        return "CPE: Inform";
    case said::cpe_request:
        return "CPE: request";
    case said::cpe_response:
        return "CPE: response or fault";
    case said::cpe_empty:
        return "CPE: empty POST";
    case said::acs_inform_response:
        return "ACS: InformResponse";
    case said::acs_inform_fault:
        return "ACS: fault to Inform";
    case said::acs_retry_fault:
        return "ACS: fault 8005";
    case said::acs_request:
        return "ACS: request";
    case said::acs_response:
        return "ACS: response or fault";
    case said::acs_empty:
        return "ACS: empty response";
    }
    return "";
}

} // namespace cpestorm::cwmp
