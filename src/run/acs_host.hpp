#pragma once

// The embedded ACS on the network: an HTTP(S) server in front of acs::server, and the connection
// requests it sends.

#include "acs/server.hpp"
#include "base/error.hpp"
#include "http/listener.hpp"
#include "http/server.hpp"
#include "run/resolver.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <string>

namespace cpestorm::run {

// All member functions are called on the thread of the io_context.
class acs_host {
public:
    [[nodiscard]] static base::checked<std::unique_ptr<acs_host>>
    open(boost::asio::io_context& io, const http::tcp::endpoint& at, acs::server_options options,
         std::shared_ptr<const http::tls_context> tls);
    ~acs_host();

    void stop() noexcept;
    [[nodiscard]] http::tcp::endpoint local_endpoint() const { return listener_->local_endpoint(); }
    [[nodiscard]] acs::server& server() noexcept { return acs_; }

    // Asks a device for a session (TR-069 §3.2.2). `done` gets the HTTP status, or 0 and why.
    void request_connection(const std::string& device_id,
                            std::function<void(unsigned status, std::string detail)> done);

private:
    acs_host(boost::asio::io_context& io, acs::server_options options,
             std::shared_ptr<const http::tls_context> tls);
    void handle(const http::request& q, const http::connection_info& c, http::reply& out);
    boost::asio::awaitable<void> expire_loop();

    boost::asio::io_context& io_;
    acs::server acs_;
    acs::http_reply reply_; // reused
    resolver names_;
    std::unique_ptr<http::listener> listener_;
    http::server server_;
    boost::asio::steady_timer expiry_;
    bool stopped_ = false;
};

} // namespace cpestorm::run
