#include "run/acs_host.hpp"

#include "base/limits.hpp"
#include "run/http_get.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;

http::server_options cwmp_server(std::shared_ptr<const http::tls_context> tls)
{
    http::server_options out;
    out.tls = std::move(tls);
    out.body_limit = base::limits::http_body_bytes;
    out.idle = base::limits::server_idle;
    return out;
}

asio::awaitable<void> send_request(asio::io_context* io, resolver* names, get_request request,
                                   std::function<void(unsigned, std::string)> done)
{
    const auto got = co_await http_get(io, names, nullptr, request);
    done(got.status, got.detail);
}

} // namespace

acs_host::acs_host(asio::io_context& io, acs::server_options options,
                   std::shared_ptr<const http::tls_context> tls)
    : io_(io)
    , acs_(std::move(options))
    , names_(io)
    , server_(io, cwmp_server(std::move(tls)),
              [this](const http::request& q, const http::connection_info& c, http::reply& out) {
                  handle(q, c, out);
              })
    , expiry_(io)
{
}

acs_host::~acs_host()
{
    stop();
}

base::checked<std::unique_ptr<acs_host>>
acs_host::open(asio::io_context& io, const http::tcp::endpoint& at, acs::server_options options,
               std::shared_ptr<const http::tls_context> tls)
{
    std::unique_ptr<acs_host> out(new acs_host(io, std::move(options), std::move(tls)));
    auto l = http::listener::open(io, at, {.backlog = 4096, .share_port = false});
    if (!l) return l.error();
    out->listener_ = std::move(*l);
    out->listener_->start([host = out.get()](int fd, std::uint32_t) { host->server_.adopt(fd); });
    asio::co_spawn(io, out->expire_loop(), asio::detached);
    return out;
}

void acs_host::stop() noexcept
{
    if (stopped_) return;
    stopped_ = true;
    if (listener_) listener_->stop();
    server_.stop();
    expiry_.cancel();
}

void acs_host::handle(const http::request& q, const http::connection_info& c, http::reply& out)
{
    acs::http_request in;
    in.method = q.method;
    in.target = q.target;
    in.authorization = q.authorization;
    in.cookie = q.cookie;
    in.content_type = q.content_type;
    in.has_soap_action = q.has_soap_action;
    in.body = q.body;
    in.connection = c.id;
    acs_.handle(in, base::now(), reply_);
    out.status = reply_.status;
    std::swap(out.body, reply_.body);
    out.content_type = reply_.content_type;
    std::swap(out.set_cookie, reply_.set_cookie);
    std::swap(out.www_authenticate, reply_.www_authenticate);
    out.close = reply_.close;
}

asio::awaitable<void> acs_host::expire_loop()
{
    while (!stopped_) {
        base::error_code ec; // cancelled: the loop ends
        expiry_.expires_after(std::chrono::seconds(1));
        co_await expiry_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return;
        acs_.expire(base::now());
    }
}

void acs_host::request_connection(const std::string& device_id,
                                  std::function<void(unsigned, std::string)> done)
{
    auto target = acs_.connection_request_target(device_id);
    if (!target) {
        done(0, "no such device, or it has told no ConnectionRequestURL");
        return;
    }
    get_request request;
    request.url = target->url;
    request.login = target->login;
    asio::co_spawn(io_, send_request(&io_, &names_, std::move(request), std::move(done)),
                   asio::detached);
}

} // namespace cpestorm::run
