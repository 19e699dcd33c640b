#pragma once

// The embedded ACS as one object without I/O or clock: HTTP requests in, HTTP replies out. What it
// asks the devices is a script; what it learns about them is in a registry. One thread at a time.

#include "acs/counters.hpp"
#include "acs/registry.hpp"
#include "acs/script.hpp"
#include "base/time.hpp"
#include "cwmp/auth.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cpestorm::acs {

// One HTTP request as it came in. Header values without their names; empty if absent. Views need
// to live only during the call.
struct http_request {
    std::string_view method; // "POST"
    std::string_view target; // as in the request line: "/"
    std::string_view authorization;
    std::string_view cookie; // all Cookie values, joined by "; "
    std::string_view content_type;
    bool has_soap_action = false; // the header is there, perhaps with an empty value
    std::string_view body;
    std::uint64_t connection = 0; // same number = same TCP connection; never used again
};

// What to send back. Empty texts: leave the header out.
struct http_reply {
    unsigned status = 0;
    std::string body;
    std::string_view content_type; // static text
    std::string set_cookie;        // value of Set-Cookie
    std::string www_authenticate;  // value of WWW-Authenticate
    bool close = false;            // send "Connection: close" and close afterwards
};

struct server_options {
    cwmp::credentials login; // what devices must present; empty: no authentication
    std::string realm = "cpestorm";
    std::shared_ptr<const script> what_to_do; // null: script::built_in()
    std::string secret;                       // unpredictable bytes, at least 16: cookies, nonces
    std::chrono::seconds session_idle{30};
    // Given to each device in its first session and whenever it reports "0 BOOTSTRAP", before the
    // script. An empty user name stands for the device's id; empty password: not given.
    cwmp::credentials connection_request_login;
};

// Where and as whom to send a connection request.
struct connection_target {
    std::string_view url;    // the device's ConnectionRequestURL; lives until its next Inform
    cwmp::credentials login; // empty if the ACS gives none to devices
};

class server {
public:
    explicit server(server_options options);
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    // Answers one request. `out` is overwritten; its texts keep their capacity for the next call.
    // `now` never goes back. Never fails: bad requests get their status.
    void handle(const http_request& request, base::instant now, http_reply& out);

    // Ends sessions without a request for longer than session_idle; returns how many. To be called
    // every second or so.
    std::size_t expire(base::instant now);

    [[nodiscard]] const registry& devices() const noexcept;
    [[nodiscard]] const counters& totals() const noexcept;
    [[nodiscard]] std::size_t sessions_open() const noexcept;

    // Empty if the device is unknown or has not told its ConnectionRequestURL.
    [[nodiscard]] std::optional<connection_target>
    connection_request_target(std::string_view device_id) const;

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

} // namespace cpestorm::acs
