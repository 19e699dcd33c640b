#pragma once

// The ACS's side of one session, as a machine without I/O, clock or randomness: it is told what a
// CPE posted and says what to answer. It follows the table of turns to the letter and notes every
// way in which the CPE leaves the standard.

#include "base/cwmp_names.hpp"
#include "cwmp/turn.hpp"
#include "soap/decode.hpp"
#include "soap/envelope.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::cwmp {

// The method that a request or response belongs to; other for faults and strangers.
[[nodiscard]] base::method method_of(const soap::message& m) noexcept;

// A POST of the CPE, as far as it matters to CWMP. The view needs to live only during the call.
struct cpe_post {
    std::string_view body; // empty: the empty POST
    bool has_content_type = false;
    bool is_text_xml = false;     // the media type is text/xml
    bool has_soap_action = false; // the header is there, perhaps empty
};

enum class acs_action : std::uint8_t {
    reply,  // send the envelope with status 200; the session may be over()
    ask,    // the ACS's turn: call ask() or finish()
    refuse, // send status 400 without a body; the session is over and has failed
};

// A request of either side and what was answered.
struct rpc_outcome {
    base::method method = base::method::other;
    unsigned fault = 0; // the code, if it was a fault
    bool faulted = false;
};

class acs_session {
public:
    // Begins a new session; buffers keep their memory.
    void start();

    // Takes a POST. For `reply`, the envelope is appended to `out`.
    [[nodiscard]] acs_action on_post(const cpe_post& post, std::string& out);

    // After `ask`: appends the envelope with this request (status 200), ...
    void ask(soap::message request, std::string& out);
    // ... or ends the ACS's part: send status 204. The session is over() if the CPE is done too.
    void finish();

    [[nodiscard]] turn now() const noexcept { return conversation_.now(); }
    [[nodiscard]] bool over() const noexcept { return failed_ || now() == turn::over; }
    // Over, and ended as the standard wants it.
    [[nodiscard]] bool succeeded() const noexcept { return over() && !failed_; }
    // The Inform was good; its session goes on.
    [[nodiscard]] bool established() const noexcept { return established_; }

    // The message of the last POST; null if it was empty or no envelope. Lives until the next POST
    // or forget().
    [[nodiscard]] const soap::message* received() const noexcept;
    // Frees what received() holds: an idle session needs little memory.
    void forget();
    // What the last POST asked of the ACS, and whether it was granted; empty if it asked nothing
    // or was refused.
    [[nodiscard]] const std::optional<rpc_outcome>& served() const noexcept { return served_; }
    // The last POST answered the ACS's request, and how; empty if it did not.
    [[nodiscard]] const std::optional<rpc_outcome>& answered() const noexcept { return answered_; }

    // The CPE's deviations from the standard found by the last POST; static texts.
    [[nodiscard]] std::span<const std::string_view> deviations() const noexcept
    {
        return deviations_;
    }

private:
    [[nodiscard]] acs_action on_empty();
    [[nodiscard]] acs_action on_undecodable(const soap::decode_error& error, std::string& out);
    [[nodiscard]] acs_action on_inform(const soap::inform& inform, std::string& out);
    [[nodiscard]] acs_action on_request(const soap::message& request, std::string& out);
    [[nodiscard]] acs_action on_response();
    [[nodiscard]] acs_action refuse(std::string_view why);
    [[nodiscard]] acs_action reply_fault(said what, base::method asked, unsigned code,
                                         std::string& out);
    void deviate(std::string_view phrase) { deviations_.push_back(phrase); }

    conversation conversation_;
    soap::envelope in_;                                        // the last envelope
    soap::cwmp_namespace ns_ = soap::cwmp_namespace::cwmp_1_2; // of the Inform
    std::string expected_id_;                                  // of the request that is out
    base::method expected_ = base::method::other;              // its method
    std::uint32_t requests_ = 0;                               // asked in this session
    unsigned messages_ = 0;                                    // POSTs of this session
    bool has_envelope_ = false;                                // in_ is of the last POST
    bool established_ = false;
    bool failed_ = false;
    std::optional<rpc_outcome> served_;
    std::optional<rpc_outcome> answered_;
    std::vector<std::string_view> deviations_;
};

} // namespace cpestorm::cwmp
