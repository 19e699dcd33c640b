#include "http/server.hpp"

#include "base/text.hpp"
#include "base/time.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <exception>
#include <list>
#include <sys/socket.h>
#include <unistd.h>

namespace cpestorm::http {
namespace {

namespace asio = boost::asio;
using timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>,
                                         asio::io_context::executor_type>;

constexpr int pipelined_max = 64;

std::atomic<std::uint64_t> next_connection_id{1};

void render(std::string& out, const reply& r, bool close)
{
    out.clear();
    out += "HTTP/1.1 ";
    base::append_number(out, r.status);
    out += ' ';
    out += reason_phrase(r.status);
    out += "\r\n";
    const auto field = [&out](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        out += name;
        out += value;
        out += "\r\n";
    };
    field("Content-Type: ", r.content_type);
    field("WWW-Authenticate: ", r.www_authenticate);
    field("Set-Cookie: ", r.set_cookie);
    if (r.retry_after != 0) field("Retry-After: ", std::to_string(r.retry_after));
    if (close) out += "Connection: close\r\n";
    if (r.status != 204) {
        out += "Content-Length: ";
        base::append_number(out, r.body.size());
        out += "\r\n";
    }
    out += "\r\n";
    if (r.status != 204) out += r.body;
}

} // namespace

// One accepted connection; lives in its coroutine's frame.
struct connection {
    connection(asio::io_context& ctx, std::size_t body_limit)
        : stream(ctx)
        , parser(body_limit)
    {
    }

    // What the last step asks the coroutine to do.
    enum class need : std::uint8_t { read, write, end };

    [[nodiscard]] need handshake();
    [[nodiscard]] need flush();
    [[nodiscard]] need receive(const handler& handle);
    [[nodiscard]] need answer(parse parsed, const handler& handle);
    [[nodiscard]] need pipelined(need next, const handler& handle);
    [[nodiscard]] need advance(const handler& handle);

    enum class phase : std::uint8_t { tls, reading, writing };

    channel stream;
    request_parser parser;
    connection_info info;
    http::reply reply;
    std::string out;
    std::size_t written = 0;
    base::instant last_request{};
    phase now = phase::reading;
    bool close_after = false;
    bool continued = false; // "100 Continue" was sent for this request
};

struct server::core {
    core(asio::io_context& c, server_options o, handler h)
        : ctx(c)
        , options(std::move(o))
        , handle(std::move(h))
        , sweeper(c)
    {
    }

    asio::io_context& ctx;
    server_options options;
    handler handle;
    std::list<connection*> open;
    timer sweeper;
    bool sweeping = false;
    bool stopped = false;
};

namespace {

connection::need to_need(io state)
{
    switch (state) {
    case io::want_read:
        return connection::need::read;
    case io::want_write:
        return connection::need::write;
    default:
        return connection::need::end;
    }
}

} // namespace

connection::need connection::handshake()
{
    const auto state = stream.handshake();
    if (state != io::done) return to_need(state);
    now = phase::reading;
    return need::read;
}

connection::need connection::flush()
{
    while (written != out.size()) {
        std::size_t n = 0;
        const auto state = stream.write_some(std::string_view(out).substr(written), n);
        if (state != io::done) return to_need(state);
        written += n;
    }
    if (close_after) return need::end;
    now = phase::reading;
    return need::read;
}

connection::need connection::receive(const handler& handle)
{
    const auto scratch = thread_scratch();
    std::size_t n = 0;
    const auto state = stream.read_some(scratch, n);
    if (state != io::done) return to_need(state);
    return pipelined(answer(parser.feed({scratch.data(), n}), handle), handle);
}

// Requests that came together with the one before, up to a bound that no honest client reaches.
connection::need connection::pipelined(need next, const handler& handle)
{
    for (int i = 0; next == need::read && now == phase::reading && parser.surplus(); ++i) {
        if (i == pipelined_max) return need::end;
        const auto parsed = parser.feed({});
        next = answer(parsed, handle);
        if (parsed == parse::more) break;
    }
    return next;
}

// Replies to a complete or broken request; asks for more of an incomplete one.
connection::need connection::answer(parse parsed, const handler& handle)
{
    if (parsed == parse::more) {
        if (!parser.wants_continue() || continued) return need::read;
        continued = true;
        out = "HTTP/1.1 100 Continue\r\n\r\n";
    } else {
        reply.clear();
        if (parsed == parse::done) {
            last_request = base::now();
            handle(parser.message(), info, reply);
            close_after = reply.close || !parser.message().keep_alive;
        } else {
            reply.status = parser.error_status();
            close_after = true;
        }
        render(out, reply, close_after);
        parser.reset();
        continued = false;
    }
    written = 0;
    now = phase::writing;
    return flush();
}

connection::need connection::advance(const handler& handle)
{
    switch (now) {
    case phase::tls:
        return handshake();
    case phase::writing:
        return pipelined(flush(), handle);
    case phase::reading:
        break;
    }
    return receive(handle);
}

namespace {

// A connection's place in the list, for as long as it is served, whatever ends that.
class entry {
public:
    entry(server::core& c, connection& con)
        : core_(c)
        , place_(c.open.insert(c.open.end(), &con))
    {
    }
    ~entry() { core_.open.erase(place_); }
    entry(const entry&) = delete;
    entry& operator=(const entry&) = delete;

private:
    server::core& core_;
    std::list<connection*>::iterator place_;
};

void rethrow(const std::exception_ptr& e)
{
    if (e) std::rethrow_exception(e); // out of io_context::run, to the thread's border
}

// Reads on until nothing can be done without waiting; a client that pipelines is served in order.
asio::awaitable<void> serve(std::shared_ptr<server::core> c, std::unique_ptr<connection> own)
{
    auto& con = *own;
    const entry listed(*c, con);
    auto need = connection::need::read;
    while (need != connection::need::end && !c->stopped) {
        base::error_code ec;
        const auto what =
            need == connection::need::read ? tcp_socket::wait_read : tcp_socket::wait_write;
        co_await con.stream.socket().async_wait(what,
                                                asio::redirect_error(asio::use_awaitable, ec));
        if (ec || c->stopped) break;
        need = con.advance(c->handle);
    }
    con.stream.close();
}

// Closes connections that have not completed a request for too long. Runs while there are any.
asio::awaitable<void> sweep(std::shared_ptr<server::core> c)
{
    while (!c->stopped && !c->open.empty()) {
        base::error_code ec;
        c->sweeper.expires_after(std::chrono::seconds(1));
        co_await c->sweeper.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        const auto limit = base::now() - c->options.idle;
        for (connection* con : c->open) {
            if (con->last_request >= limit) continue;
            base::error_code ignored; // an already closed socket needs no cancel
            con->stream.socket().cancel(ignored);
        }
    }
    c->sweeping = false;
}

} // namespace

void reply::clear()
{
    status = 200;
    body.clear();
    content_type = {};
    www_authenticate.clear();
    set_cookie.clear();
    retry_after = 0;
    close = false;
}

server::server(asio::io_context& ctx, server_options options, handler handle)
    : core_(std::make_shared<core>(ctx, std::move(options), std::move(handle)))
{
}

server::~server()
{
    stop();
}

void server::adopt(int fd, std::uint32_t tag)
{
    auto& c = *core_;
    if (c.stopped || c.open.size() >= c.options.connections_max) {
        ::close(fd);
        return;
    }
    auto con = std::make_unique<connection>(c.ctx, c.options.body_limit);
    con->info.id = next_connection_id.fetch_add(1, std::memory_order_relaxed);
    con->info.tag = tag;
    auto size = static_cast<socklen_t>(con->info.local.capacity());
    if (::getsockname(fd, con->info.local.data(), &size) == 0) con->info.local.resize(size);
    size = static_cast<socklen_t>(con->info.remote.capacity());
    if (::getpeername(fd, con->info.remote.data(), &size) == 0) con->info.remote.resize(size);
    if (con->stream.adopt(fd, con->info.local.address().is_v6())) {
        ::close(fd);
        return;
    }
    if (c.options.tls) {
        con->stream.start_tls_server(*c.options.tls);
        con->now = connection::phase::tls;
    }
    con->last_request = base::now();
    asio::co_spawn(c.ctx, serve(core_, std::move(con)), rethrow);
    if (!c.sweeping) {
        c.sweeping = true;
        asio::co_spawn(c.ctx, sweep(core_), rethrow);
    }
}

void server::stop() noexcept
{
    auto& c = *core_;
    c.stopped = true;
    for (connection* con : c.open) {
        base::error_code ignored; // an already closed socket needs no cancel
        con->stream.socket().cancel(ignored);
    }
    try {
        c.sweeper.cancel();
    } catch (const boost::system::system_error&) {
        // The sweeper ends at its next tick by itself.
    }
}

std::size_t server::connections() const noexcept
{
    return core_->open.size();
}

std::string_view reason_phrase(unsigned status) noexcept
{
    switch (status) {
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 302:
        return "Found";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 413:
        return "Payload Too Large";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

} // namespace cpestorm::http
