#pragma once

// THE table of legal turns of a CWMP session (TR-069 §3.7). It does not know which role its user
// plays: the CPE, the ACS and the tests' referee all follow the same one.

#include <cstdint>
#include <string_view>

namespace cpestorm::cwmp {

// Whose turn it is, and to do what.
enum class turn : std::uint8_t {
    cpe_inform, // nothing said yet: the CPE must send Inform
    acs_inform_response,
    cpe_free,     // the CPE may send a request or an empty POST
    acs_response, // the ACS owes a response to a CPE request
    acs_free,     // the ACS may send a request or an empty response
    cpe_response, // the CPE owes a response to an ACS request
    over,
};

// What one side sends.
enum class said : std::uint8_t {
    cpe_inform,
    cpe_request,  // any request but Inform
    cpe_response, // response or fault
    cpe_empty,
    acs_inform_response,
    acs_inform_fault,
    acs_retry_fault, // fault 8005 to a CPE request or Inform: say it again
    acs_request,
    acs_response, // response or fault but 8005, to a CPE request
    acs_empty,
};

// The state of one session's conversation.
class conversation {
public:
    // Takes what was said. `hold`: HoldRequests of an ACS message (false if absent or empty).
    // Returns false, and changes nothing, if that is not legal now.
    [[nodiscard]] bool take(said what, bool hold = false) noexcept;

    [[nodiscard]] turn now() const noexcept { return turn_; }
    // True if the CPE may send a request of its own (not on hold, no final empty POST yet).
    [[nodiscard]] bool cpe_may_request() const noexcept;
    // The CPE has sent an empty POST while not on hold: it has no more requests.
    [[nodiscard]] bool cpe_done() const noexcept { return cpe_done_; }

private:
    turn turn_ = turn::cpe_inform;
    bool hold_ = false;
    bool cpe_done_ = false;
};

[[nodiscard]] std::string_view name(turn t) noexcept;
[[nodiscard]] std::string_view name(said s) noexcept;

} // namespace cpestorm::cwmp
