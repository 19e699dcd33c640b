#pragma once

// The server's side of HTTP/1.1 connections: reads requests, asks a handler, writes replies. Used
// by the embedded ACS, the connection-request endpoints and the admin port.

#include "http/channel.hpp"
#include "http/parser.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cpestorm::http {

struct connection_info {
    std::uint64_t id = 0;  // unique in this process
    std::uint32_t tag = 0; // what adopt() was given
    tcp::endpoint local;
    tcp::endpoint remote;
};

// What a handler answers. Cleared before each request; strings keep their memory.
struct reply {
    unsigned status = 200;
    std::string body;
    std::string_view content_type; // must outlive the call: a literal; empty: none
    std::string www_authenticate;  // header value; empty: none
    std::string set_cookie;        // header value; empty: none
    unsigned retry_after = 0;      // seconds; 0: none
    bool close = false;            // close the connection after this reply

    void clear();
};

using handler = std::function<void(const request&, const connection_info&, reply&)>;

struct server_options {
    std::shared_ptr<const tls_context> tls; // null: plain HTTP
    std::size_t body_limit = 64 * 1024;
    std::size_t connections_max = 20'000; // more are closed at once
    std::chrono::seconds idle{60};        // without a complete request
};

// Runs on one io_context and its one thread.
class server {
public:
    struct core; // known to server.cpp only

    server(boost::asio::io_context& ctx, server_options options, handler handle);
    ~server(); // stop()

    // Serves an accepted, non-blocking connection, which it then owns.
    void adopt(int fd, std::uint32_t tag = 0);
    // Closes all connections and serves no more.
    void stop() noexcept;
    [[nodiscard]] std::size_t connections() const noexcept;

private:
    std::shared_ptr<core> core_;
};

// "OK", "Not Found", ...
[[nodiscard]] std::string_view reason_phrase(unsigned status) noexcept;

} // namespace cpestorm::http
