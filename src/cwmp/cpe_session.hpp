#pragma once

// The CPE's side of one session, as a machine without I/O, clock or randomness: it is told what
// came back and says what to do next. It knows HTTP only as far as TR-069 §3.4 makes it part of
// the session: status codes, redirects, cookies, authentication.

#include "base/cwmp_names.hpp"
#include "base/error.hpp"
#include "cwmp/auth.hpp"
#include "cwmp/turn.hpp"
#include "soap/decode.hpp"
#include "soap/envelope.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cpestorm::cwmp {

// What stays the same for many sessions; outlives them.
struct session_options {
    std::string acs_url;     // http or https; checked by the caller
    credentials acs_login;   // used only when challenged
    bool basic_without_tls = false; // answer a Basic challenge over plain http
    soap::cwmp_namespace ns = soap::cwmp_namespace::cwmp_1_2; // namespace of the Inform
    std::string supported_versions = "1.0,1.1,1.2,1.3,1.4";   // header; empty: do not send
};

// An HTTP response. Views need to live only during the call.
struct http_reply {
    unsigned status = 0;
    std::string_view body;
    std::string_view location;
    std::span<const std::string_view> www_authenticate;
    std::span<const std::string_view> set_cookie;
    std::string_view authentication_info;
    bool closed = false; // the connection cannot be used again
};

// Send this HTTP request. Views live until the session's next call.
struct post {
    std::string_view url;           // absolute; changes only by redirects
    std::string_view body;          // empty: the empty POST, without Content-Type and SOAPAction
    std::string_view authorization; // header value; empty: none
    std::string_view cookie;        // header value; empty: none
};
// Let the device answer this request, then call on_answer. Lives until the session's next call.
struct answer {
    const soap::message* request;
};
// The session is over; see result().
struct finish {};
using action = std::variant<post, answer, finish>;

struct session_result {
    bool ok = false;
    base::failure_reason reason = base::failure_reason::aborted; // if !ok
    unsigned http_status = 0;          // last status seen, 0 if none
    unsigned fault_code = 0;           // of the fault that ended the session, if any
    bool inform_acknowledged = false;  // InformResponse received
    std::vector<bool> acknowledged;    // per request given to start(): its response received
    unsigned messages = 0;             // HTTP exchanges
    std::vector<std::string_view> deviations; // of the ACS from the standard; static phrases
    std::string detail;                // one sentence for people; no secrets
};

class cpe_session {
public:
    // Begins. `inform` and `requests` (TransferComplete, ...; sent in order after the Inform) are
    // moved in. `random`: 64 unpredictable bits for message ids and client nonces.
    // Call again to reuse the object for another session: buffers keep their memory.
    [[nodiscard]] action start(const session_options& options, soap::inform inform,
                               std::vector<soap::message> requests, std::uint64_t random);
    // The answer to the last post.
    [[nodiscard]] action on_reply(const http_reply& reply);
    // The last post found no answer; `reason` says why.
    [[nodiscard]] action on_error(base::failure_reason reason, std::string_view detail);
    // The device's response (or soap::fault) to the request of the last `answer`.
    [[nodiscard]] action on_answer(soap::message response);

    [[nodiscard]] const session_result& result() const noexcept { return result_; }
    // The method of the CPE request whose answer is awaited (Inform, TransferComplete), for
    // measuring; method::other for responses and empty POSTs.
    [[nodiscard]] base::method outstanding() const noexcept;

private:
    // (the implementer completes this)
    session_result result_;
};

} // namespace cpestorm::cwmp
