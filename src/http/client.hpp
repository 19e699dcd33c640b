#pragma once

// One HTTP/1.1 connection of a CPE to an ACS or file server, as a machine over a channel: each call
// does what can be done without waiting and says what to wait for. The coroutine that drives it
// only waits.

#include "base/cwmp_names.hpp"
#include "base/time.hpp"
#include "http/channel.hpp"
#include "http/parser.hpp"
#include "http/url.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cpestorm::http {

// What a request needs beyond its URL. Views need to live only during send().
struct outgoing {
    std::string_view method = "POST";
    std::string_view content_type; // empty: no body and no Content-Type
    bool soap_action = false;      // an empty SOAPAction header
    std::string_view authorization;
    std::string_view cookie;
    std::string_view body;
};

enum class step : std::uint8_t {
    want_read,
    want_write,
    connected, // open() is complete; send() may be called
    replied,   // reply() is there
    failed,    // reason() and detail() say why; the connection is closed
};

class client {
public:
    explicit client(boost::asio::io_context& ctx)
        : channel_(ctx)
    {
    }

    // Begins a connection. `tls` null: plain. `host`: for SNI and certificate check.
    [[nodiscard]] step open(const tcp::endpoint& to, const boost::asio::ip::address& source,
                            const tls_context* tls, const std::string& host);
    // Sends a request on the open connection and reads the response.
    [[nodiscard]] step send(const url& to, const outgoing& what);
    // Continues after the wait that the last step asked for.
    [[nodiscard]] step resume();

    // Whether the bodies of the following responses are kept or only counted (file contents).
    void keep_body(bool keep) noexcept { parser_.keep_body(keep); }
    // Bytes of body received for the current request so far.
    [[nodiscard]] std::uint64_t body_bytes() const noexcept { return parser_.body_bytes(); }

    // Views live until the next send() or the calling thread's next read.
    [[nodiscard]] const response& reply() const noexcept { return parser_.message(); }
    // The connection can carry another request.
    [[nodiscard]] bool reusable() const noexcept { return reusable_ && channel_.is_open(); }
    // The failure came before any byte of an answer, on a connection that had served before: the
    // peer had closed it while idle, and the request may be sent again on a new one.
    [[nodiscard]] bool went_stale() const noexcept { return stale_; }

    [[nodiscard]] base::failure_reason reason() const noexcept { return reason_; }
    [[nodiscard]] const std::string& detail() const noexcept { return detail_; }
    // What phase a deadline that passes now has hit: connect_timeout, tls or read_timeout.
    [[nodiscard]] base::failure_reason timeout_reason() const noexcept;

    void close() noexcept;
    [[nodiscard]] tcp_socket& socket() noexcept { return channel_.socket(); }

    // How long the last open() took for TCP, and then for TLS.
    [[nodiscard]] base::duration connect_time() const noexcept { return tcp_done_ - opened_; }
    [[nodiscard]] base::duration handshake_time() const noexcept { return tls_done_ - tcp_done_; }

    // Bytes of HTTP since the last call.
    [[nodiscard]] std::uint64_t take_bytes_sent() noexcept { return std::exchange(sent_, 0); }
    [[nodiscard]] std::uint64_t take_bytes_received() noexcept
    {
        return std::exchange(received_, 0);
    }

private:
    enum class phase : std::uint8_t { closed, connecting, tls, idle, writing, reading };

    [[nodiscard]] step wait_or_fail(io state, base::failure_reason reason);
    [[nodiscard]] step fail(base::failure_reason reason, std::string detail);
    [[nodiscard]] step continue_connect(io state);
    [[nodiscard]] step continue_tls();
    [[nodiscard]] step continue_write();
    [[nodiscard]] step continue_read();

    channel channel_;
    response_parser parser_;
    std::string out_; // the rendered request
    std::size_t written_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t received_ = 0;
    const tls_context* tls_ = nullptr;
    std::string host_;
    std::string detail_;
    base::instant opened_{};
    base::instant tcp_done_{};
    base::instant tls_done_{};
    unsigned served_ = 0; // responses on this connection
    phase phase_ = phase::closed;
    base::failure_reason reason_ = base::failure_reason::local_error;
    bool reusable_ = false;
    bool stale_ = false;
};

} // namespace cpestorm::http
