#include "run/probe.hpp"

#include "http/client.hpp"
#include "run/resolver.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;

struct attempt {
    attempt(asio::io_context& ctx, const http::url& to)
        : acs(to)
        , client(ctx)
        , names(ctx)
    {
    }

    const http::url& acs;
    http::client client;
    resolver names;
    probe_result found;
    std::string error;
    bool done = false;
};

std::string hint(base::failure_reason reason)
{
    if (reason == base::failure_reason::tls)
        return "; trust its CA with --ca FILE, or check the host name in the URL";
    return "; is the ACS running, and is the URL right?";
}

asio::awaitable<void> connect(attempt* a, const http::tls_context* tls)
{
    auto at = a->names.cached(a->acs.host, a->acs.port, base::now());
    if (!at) {
        const auto ec = co_await a->names.resolve(a->acs.host);
        if (ec) {
            a->error = "cannot resolve '" + a->acs.host + "': " + ec.message();
            a->done = true;
            co_return;
        }
        at = a->names.cached(a->acs.host, a->acs.port, base::now());
    }
    a->found.address = at->address();
    auto step = a->client.open(*at, {}, tls, a->acs.host);
    while (step == http::step::want_read || step == http::step::want_write) {
        const auto what = step == http::step::want_read ? http::tcp_socket::wait_read
                                                        : http::tcp_socket::wait_write;
        base::error_code ec; // resume() finds out
        co_await a->client.socket().async_wait(what, asio::redirect_error(asio::use_awaitable, ec));
        step = a->client.resume();
    }
    a->done = true;
    if (step == http::step::failed) {
        a->error = std::string(base::name(a->client.reason())) + ": " + a->client.detail() +
                   hint(a->client.reason());
        co_return;
    }
    base::error_code ec;
    a->found.local = a->client.socket().local_endpoint(ec).address();
    a->client.close();
}

} // namespace

base::checked<probe_result> probe(const http::url& acs, const http::tls_context* tls,
                                  std::chrono::milliseconds limit)
{
    asio::io_context io(1);
    attempt a(io, acs);
    asio::co_spawn(io, connect(&a, acs.tls ? tls : nullptr), asio::detached);
    io.run_for(limit);
    const std::string where = "ACS " + acs.host_header;
    if (!a.done)
        return base::diagnostic{.where = where,
                                .what = "no answer within " + std::to_string(limit.count()) +
                                        " ms (" +
                                        std::string(base::name(a.client.timeout_reason())) + ")"};
    if (!a.error.empty()) return base::diagnostic{.where = where, .what = a.error};
    return a.found;
}

} // namespace cpestorm::run
