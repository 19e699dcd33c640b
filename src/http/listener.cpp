#include "http/listener.hpp"

#include "base/log.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <exception>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace cpestorm::http {
namespace {

namespace asio = boost::asio;
using descriptor = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;
using timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;

constexpr int accepts_per_turn = 64; // so that one busy listener does not starve running sessions
constexpr std::chrono::milliseconds exhausted_pause{100};

std::string text(const tcp::endpoint& at)
{
    const auto address = at.address().to_string();
    return (at.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(at.port());
}

base::diagnostic cannot_listen(const tcp::endpoint& at, int e)
{
    std::string what =
        "cannot listen: " + base::error_code(e, boost::system::system_category()).message();
    if (e == EADDRINUSE) what += "; another program has this port, or every address with it";
    if (e == EADDRNOTAVAIL) what += "; no interface of this host has the address";
    if (e == EACCES) what += "; ports below 1024 need privileges";
    if (e == EMFILE) what += "; raise the descriptor limit (ulimit -n)";
    return {.where = text(at), .what = what};
}

base::checked<int> listen_at(const tcp::endpoint& at, const listen_options& options)
{
    const int family = at.address().is_v6() ? AF_INET6 : AF_INET;
    const int fd = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return cannot_listen(at, errno);
    const int on = 1;
    (void)::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (options.share_port) (void)::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
    if (::bind(fd, at.data(), static_cast<socklen_t>(at.size())) != 0 ||
        ::listen(fd, options.backlog) != 0) {
        const int e = errno;
        ::close(fd);
        return cannot_listen(at, e);
    }
    return fd;
}

enum class accepted : std::uint8_t { all, some, exhausted };

// Hands over what waits at one listening socket.
accepted accept_from(int fd, std::uint32_t tag, const accept_handler& give)
{
    for (int i = 0; i != accepts_per_turn; ++i) {
        const int peer = ::accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (peer >= 0) {
            give(peer, tag);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return accepted::exhausted;
        if (errno == EINTR || errno == ECONNABORTED) continue;
        return accepted::all;
    }
    return accepted::some;
}

void rethrow(const std::exception_ptr& e)
{
    if (e) std::rethrow_exception(e); // out of io_context::run, to the thread's border
}

void warn_exhausted()
{
    base::log(base::log_level::warning,
              "no descriptor left for an incoming connection; accepting again in 100 ms");
}

} // namespace

struct listener::core {
    core(asio::io_context& ctx, int fd)
        : socket(ctx, fd)
        , pause(ctx)
    {
    }

    descriptor socket;
    timer pause;
    accept_handler on_accept;
    bool stopped = false;
};

namespace {

template <class Core, class Accept>
asio::awaitable<void> accept_loop(std::shared_ptr<Core> c, Accept accept)
{
    while (!c->stopped) {
        base::error_code ec;
        co_await c->socket.async_wait(descriptor::wait_read,
                                      asio::redirect_error(asio::use_awaitable, ec));
        if (ec || c->stopped) co_return;
        if (accept(*c) == accepted::exhausted) {
            warn_exhausted();
            c->pause.expires_after(exhausted_pause);
            co_await c->pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        }
    }
}

template <class Core>
void stop_core(Core& c) noexcept
{
    c.stopped = true;
    base::error_code ignored; // closing cannot be helped if it fails
    c.socket.close(ignored);
    try {
        c.pause.cancel();
    } catch (const boost::system::system_error&) {
        // The loop ends after the pause by itself.
    }
}

} // namespace

listener::listener(std::shared_ptr<core> c) noexcept
    : core_(std::move(c))
{
}

listener::~listener()
{
    stop();
}

base::checked<std::unique_ptr<listener>>
listener::open(asio::io_context& ctx, const tcp::endpoint& at, const listen_options& options)
{
    const auto fd = listen_at(at, options);
    if (!fd) return fd.error();
    return std::unique_ptr<listener>(new listener(std::make_shared<core>(ctx, *fd)));
}

void listener::start(accept_handler on_accept)
{
    core_->on_accept = std::move(on_accept);
    const auto accept = [](core& c) {
        return accept_from(c.socket.native_handle(), 0, c.on_accept);
    };
    asio::co_spawn(core_->socket.get_executor(), accept_loop(core_, accept), rethrow);
}

void listener::stop() noexcept
{
    stop_core(*core_);
}

tcp::endpoint listener::local_endpoint() const
{
    tcp::endpoint out;
    auto size = static_cast<socklen_t>(out.capacity());
    if (::getsockname(core_->socket.native_handle(), out.data(), &size) == 0) out.resize(size);
    return out;
}

struct listener_set::core {
    core(asio::io_context& ctx, int epoll)
        : socket(ctx, epoll)
        , pause(ctx)
    {
    }
    ~core()
    {
        for (const auto& e : entries)
            ::close(e.fd);
    }

    struct entry {
        int fd;
        std::uint32_t tag;
    };
    descriptor socket; // the inner epoll set
    timer pause;
    std::vector<entry> entries;
    accept_handler on_accept;
    bool stopped = false;
};

listener_set::listener_set(std::shared_ptr<core> c) noexcept
    : core_(std::move(c))
{
}

listener_set::~listener_set()
{
    stop();
}

base::checked<std::unique_ptr<listener_set>> listener_set::open(asio::io_context& ctx)
{
    const int fd = ::epoll_create1(EPOLL_CLOEXEC);
    if (fd < 0)
        return base::diagnostic{
            .where = {},
            .what = "cannot make an epoll set: " +
                    base::error_code(errno, boost::system::system_category()).message()};
    return std::unique_ptr<listener_set>(new listener_set(std::make_shared<core>(ctx, fd)));
}

base::checked<void> listener_set::add(const tcp::endpoint& at, std::uint32_t tag)
{
    constexpr listen_options few{.backlog = 8, .share_port = false};
    const auto fd = listen_at(at, few);
    if (!fd) return fd.error();
    epoll_event event{};
    event.events = EPOLLIN; // level-triggered: what a turn leaves over is reported again
    event.data.u64 = core_->entries.size();
    if (::epoll_ctl(core_->socket.native_handle(), EPOLL_CTL_ADD, *fd, &event) != 0) {
        const int e = errno;
        ::close(*fd);
        return cannot_listen(at, e);
    }
    core_->entries.push_back({*fd, tag});
    return {};
}

void listener_set::start(accept_handler on_accept)
{
    core_->on_accept = std::move(on_accept);
    const auto accept = [](core& c) {
        std::array<epoll_event, 128> ready{};
        const int n =
            ::epoll_wait(c.socket.native_handle(), ready.data(), static_cast<int>(ready.size()), 0);
        for (int i = 0; i < n; ++i) {
            const auto& e = c.entries[ready[static_cast<std::size_t>(i)].data.u64];
            if (accept_from(e.fd, e.tag, c.on_accept) == accepted::exhausted)
                return accepted::exhausted;
        }
        return accepted::some;
    };
    asio::co_spawn(core_->socket.get_executor(), accept_loop(core_, accept), rethrow);
}

void listener_set::stop() noexcept
{
    stop_core(*core_);
    for (const auto& e : core_->entries)
        ::close(e.fd);
    core_->entries.clear();
}

} // namespace cpestorm::http
