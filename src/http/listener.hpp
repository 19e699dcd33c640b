#pragma once

// Listening sockets: one for many clients, or one per device behind a single descriptor.

#include "base/error.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace cpestorm::http {

using boost::asio::ip::tcp;

// Given each accepted, non-blocking connection, which it then owns. `tag`: 0, or in a listener_set
// the number given with the listening socket.
using accept_handler = std::function<void(int fd, std::uint32_t tag)>;

struct listen_options {
    int backlog = 1024;
    bool share_port = false; // SO_REUSEPORT: one listener per shard on the same address
};

// One listening socket. Accepts until stopped or destroyed.
class listener {
public:
    struct core; // known to listener.cpp only

    // The diagnostic names the address and says what to do (port in use, address not here, ...).
    [[nodiscard]] static base::checked<std::unique_ptr<listener>>
    open(boost::asio::io_context& ctx, const tcp::endpoint& at, const listen_options& options);
    ~listener();

    void start(accept_handler on_accept);
    void stop() noexcept;
    // The address it listens at, with the port the system chose if `at` had 0.
    [[nodiscard]] tcp::endpoint local_endpoint() const;

private:
    explicit listener(std::shared_ptr<core> c) noexcept;
    std::shared_ptr<core> core_;
};

// Many listening sockets in one epoll set of their own, which Asio sees as one descriptor: an idle
// listener costs the kernel's 4 KB and nothing here (docs/decisions/003-connection-requests.md).
class listener_set {
public:
    struct core; // known to listener.cpp only

    [[nodiscard]] static base::checked<std::unique_ptr<listener_set>>
    open(boost::asio::io_context& ctx);
    ~listener_set();

    // Adds a listening socket whose connections are reported with `tag`.
    [[nodiscard]] base::checked<void> add(const tcp::endpoint& at, std::uint32_t tag);
    void start(accept_handler on_accept);
    void stop() noexcept;

private:
    explicit listener_set(std::shared_ptr<core> c) noexcept;
    std::shared_ptr<core> core_;
};

} // namespace cpestorm::http
