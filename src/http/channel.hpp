#pragma once

// A byte stream over TCP, plain or TLS, without waiting: every call does what can be done now and
// says what to wait for. A coroutine that waits is then the same few lines for both.

#include "base/error.hpp"
#include "http/tls.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cpestorm::http {

// io_context's own executor rather than any_io_executor: no indirection per operation.
using tcp_socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using boost::asio::ip::tcp;

// What a call ended in.
enum class io : std::uint8_t {
    done,
    want_read,  // call again when the socket is readable
    want_write, // call again when the socket is writable
    eof,        // the peer closed its side in good order
    failed,     // see error()
};

class channel {
public:
    explicit channel(boost::asio::io_context& ctx)
        : socket_(ctx)
    {
    }

    // Takes over a connected or connecting non-blocking socket.
    base::error_code adopt(int fd, bool v6);
    // Begins a connection, from `source` if it is not unspecified (with IP_BIND_ADDRESS_NO_PORT,
    // so that ports are shared between destinations).
    [[nodiscard]] io connect(const tcp::endpoint& to, const boost::asio::ip::address& source);
    // After want_write of connect(): how it ended.
    [[nodiscard]] io finish_connect();

    // Starts TLS; then call handshake() until done. `host`: name or address to verify and to send;
    // false if it cannot be verified, see error().
    [[nodiscard]] bool start_tls_client(const tls_context& ctx, const std::string& host);
    void start_tls_server(const tls_context& ctx);
    [[nodiscard]] io handshake();

    // Writes a part of `data`; `n` is how much.
    [[nodiscard]] io write_some(std::string_view data, std::size_t& n);
    // Reads into `buffer`; `n` > 0 if done.
    [[nodiscard]] io read_some(std::span<char> buffer, std::size_t& n);

    // Ends it: TLS close_notify if possible, then close. Never fails, never waits.
    void close() noexcept;
    [[nodiscard]] bool is_open() const noexcept { return socket_.is_open(); }

    // The last failure, in words of the system or of OpenSSL ("certificate verify failed: ...").
    [[nodiscard]] const base::error_code& error() const noexcept { return error_; }
    [[nodiscard]] std::string error_text() const;
    [[nodiscard]] bool tls_failure() const noexcept { return !tls_error_.empty(); }

    [[nodiscard]] tcp_socket& socket() noexcept { return socket_; }

private:
    [[nodiscard]] io fail_errno(int e);
    [[nodiscard]] io ssl_result(int r);

    tcp_socket socket_;
    ssl_ptr ssl_;
    bool tls_ready_ = false;
    base::error_code error_;
    std::string tls_error_;
};

// The calling thread's read buffer. What read_some put there is valid until the thread's next read.
[[nodiscard]] std::span<char> thread_scratch() noexcept;

} // namespace cpestorm::http
