#pragma once

// The CPE's side of one session, as a machine without I/O, clock or randomness: it is told what
// came back and says what to do next. It knows HTTP only as far as TR-069 §3.4 makes it part of
// the session: status codes, redirects, cookies, authentication.

#include "base/cwmp_names.hpp"
#include "base/error.hpp"
#include "cwmp/auth.hpp"
#include "cwmp/cookies.hpp"
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
    std::string acs_url;            // http or https; checked by the caller
    credentials acs_login;          // used only when challenged
    bool basic_without_tls = false; // answer a Basic challenge over plain http
    soap::cwmp_namespace ns = soap::cwmp_namespace::cwmp_1_2; // namespace of the Inform
    std::string supported_versions = "1.0,1.1,1.2,1.3,1.4";   // header; empty: do not send
};

// What the machine tolerates of an ACS and tells, beside what soap::decode() does. Fixed phrases,
// because they become keys of reports.
namespace deviation {
inline constexpr std::string_view other_id = "ID differs from the request's";
inline constexpr std::string_view request_first = "request in place of a response";
inline constexpr std::string_view fault_status = "SOAP fault with HTTP status 500";
inline constexpr std::string_view other_2xx = "HTTP status 2xx other than 200 and 204";
} // namespace deviation

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
    unsigned http_status = 0;                                    // last status seen, 0 if none
    unsigned fault_code = 0;          // of the fault that ended the session, if any
    bool inform_acknowledged = false; // InformResponse received
    std::vector<bool> acknowledged;   // per request given to start(): its response received
    unsigned messages = 0;            // HTTP exchanges
    std::vector<std::string_view>
        deviations;     // of the ACS from the standard; static phrases, each once
    std::string detail; // one sentence for people; no secrets
};

class cpe_session {
public:
    // Begins. The caller keeps `options`, `inform` and `requests` (TransferComplete, ...; sent in
    // order after the Inform) unchanged until the session is over. `random`: 64 unpredictable bits
    // for message ids and client nonces.
    // Call again to reuse the object for another session: buffers keep their memory.
    [[nodiscard]] action start(const session_options& options, const soap::inform& inform,
                               const std::vector<soap::message>& requests, std::uint64_t random);
    // Each of these is called for the action it belongs to, in any other state it is a caller's
    // bug; only on_error may be called at any time. Once the session is over, all of them say
    // finish.

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
    enum class phase : std::uint8_t { over, posted, asked };

    // HTTP (cpe_session_http.cpp): until a reply is one that CWMP has a meaning for.
    [[nodiscard]] action send();
    [[nodiscard]] action follow_redirect(std::string_view location);
    [[nodiscard]] action answer_challenge(const http_reply& reply);
    [[nodiscard]] action on_status_500(std::string_view body);
    [[nodiscard]] action fail_status(unsigned status);
    [[nodiscard]] std::string next_client_nonce();

    // CWMP (cpe_session.cpp).
    [[nodiscard]] action proceed();
    [[nodiscard]] action post_own(said what);
    [[nodiscard]] action post_answer();
    [[nodiscard]] action on_empty();
    [[nodiscard]] action on_body(std::string_view body);
    [[nodiscard]] action on_envelope();
    [[nodiscard]] action on_undecodable(const soap::decode_error& e, std::string_view body);
    [[nodiscard]] action on_request();
    [[nodiscard]] bool take_request(bool hold);
    [[nodiscard]] action on_inform_response();
    [[nodiscard]] action on_response();
    [[nodiscard]] action on_fault(const soap::fault& f);
    [[nodiscard]] bool awaits_response() const noexcept;
    [[nodiscard]] bool choose_version();
    void check_id();
    void deviates(std::string_view phrase);
    [[nodiscard]] action unexpected(std::string_view what);
    [[nodiscard]] action fail(base::failure_reason reason, std::string detail);

    // Kept by the caller.
    const session_options* options_ = nullptr;
    const soap::inform* inform_ = nullptr;
    const std::vector<soap::message>* requests_ = nullptr;

    phase phase_ = phase::over;
    said posted_ = said::cpe_empty; // what the last post said
    bool request_first_ = false;    // the ACS asked when its response to a request was due
    soap::cwmp_namespace ns_ = soap::cwmp_namespace::cwmp_1_2;
    conversation talk_;
    std::size_t next_request_ = 0; // of *requests_, the one to send or to be answered next
    unsigned repeats_ = 0;         // consecutive answers 8005
    std::uint32_t first_id_ = 0;
    unsigned ids_ = 0; // of our requests so far

    std::string url_;
    cookie_jar cookies_;
    authenticator auth_;
    std::string authorization_;
    std::uint64_t random_ = 0;
    std::uint64_t client_nonces_ = 0; // drawn so far
    unsigned redirects_ = 0;          // since the last reply of another kind
    unsigned refusals_ = 0;           // 401 to the same post, by the same server

    soap::envelope own_;      // our last request
    soap::envelope answer_;   // our last response
    soap::envelope received_; // the ACS's last message
    std::string body_;
    session_result result_;
};

} // namespace cpestorm::cwmp
