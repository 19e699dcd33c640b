#include "run/http_get.hpp"

#include "base/limits.hpp"
#include "base/rng.hpp"
#include "http/client.hpp"
#include "http/url.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;
using base::failure_reason;

// A nonce for the answer to a challenge; only the peer must not be able to replay it.
std::string client_nonce()
{
    const auto ticks = base::now().time_since_epoch().count();
    return std::to_string(base::mix64(static_cast<std::uint64_t>(ticks)));
}

// The requests of one GET until an answer that is final.
class exchange {
public:
    exchange(asio::io_context& io, const http::tls_context* tls, get_request q)
        : tls_(tls)
        , request_(std::move(q))
        , client(io)
    {
        client.keep_body(false);
    }

    [[nodiscard]] bool aim(get_result& out)
    {
        auto parsed = http::parse_url(request_.url);
        if (parsed) {
            target = std::move(*parsed);
            return true;
        }
        out.reason = failure_reason::protocol;
        out.detail = parsed.error().what;
        return false;
    }

    [[nodiscard]] http::step start(const tcp::endpoint& at)
    {
        if (client.reusable()) return transmit();
        return client.open(at, {}, target.tls ? tls_ : nullptr, target.host);
    }

    [[nodiscard]] http::step transmit()
    {
        std::string authorization;
        if (auth_.active()) authorization = auth_.authorize(request_.login, "GET", target.target);
        http::outgoing out;
        out.method = "GET";
        out.authorization = authorization;
        return client.send(target, out);
    }

    // Whether the answer asks for another request: redirect or challenge.
    [[nodiscard]] bool again()
    {
        const auto& r = client.reply();
        if (r.status == 401) {
            if (auth_.active() || request_.login.empty()) return false;
            auto challenge = cwmp::choose_challenge(r.www_authenticate);
            if (!challenge) return false;
            auth_.take(std::move(*challenge), client_nonce());
            if (!client.reusable()) client.close();
            return true;
        }
        if (r.status / 100 != 3 || r.location.empty()) return false;
        request_.url = r.location;
        auth_.reset();
        client.close();
        return true;
    }

private:
    const http::tls_context* tls_;
    get_request request_;
    cwmp::authenticator auth_;

public:
    http::client client;
    http::url target;
    bool expired = false;
};

asio::awaitable<std::optional<tcp::endpoint>> locate(resolver* names, std::string host,
                                                     std::uint16_t port)
{
    auto at = names->cached(host, port, base::now());
    if (at) co_return at;
    const auto ec = co_await names->resolve(host);
    if (!ec) at = names->cached(host, port, base::now());
    co_return at;
}

} // namespace

asio::awaitable<get_result> http_get(asio::io_context* io, resolver* names,
                                     const http::tls_context* tls, get_request request)
{
    get_result out;
    asio::steady_timer limit(*io, request.limit);
    // The timer's handler may run after this frame is gone: it shares the exchange.
    const auto x = std::make_shared<exchange>(*io, tls, std::move(request));
    limit.async_wait([x](const base::error_code& ec) {
        if (ec) return;
        x->expired = true; // the wait may be over already when it is cancelled
        base::error_code ignored;
        x->client.socket().cancel(ignored);
    });
    for (unsigned round = 0; round != base::limits::http_redirects + 2; ++round) {
        if (!x->aim(out)) co_return out;
        const auto at = co_await locate(names, x->target.host, x->target.port);
        if (!at) {
            out.reason = failure_reason::connect_refused;
            out.detail = "cannot resolve " + x->target.host;
            co_return out;
        }
        auto step = x->expired ? http::step::failed : x->start(*at);
        while (step != http::step::replied && step != http::step::failed) {
            base::error_code ec;
            if (step == http::step::connected) {
                step = x->transmit();
                continue;
            }
            const auto what = step == http::step::want_read ? http::tcp_socket::wait_read
                                                            : http::tcp_socket::wait_write;
            co_await x->client.socket().async_wait(what,
                                                   asio::redirect_error(asio::use_awaitable, ec));
            if (ec || x->expired) {
                out.reason = x->client.timeout_reason();
                out.detail = "no answer in time";
                out.bytes = x->client.body_bytes();
                co_return out;
            }
            step = x->client.resume();
        }
        out.bytes = x->client.body_bytes();
        if (step == http::step::failed) {
            out.reason = x->client.reason();
            out.detail = x->client.detail();
            co_return out;
        }
        out.status = x->client.reply().status;
        if (!x->again()) co_return out;
    }
    co_return out;
}

} // namespace cpestorm::run
