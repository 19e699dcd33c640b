#include "run/connection_request_server.hpp"

#include "base/limits.hpp"

namespace cpestorm::run {
namespace {

using metrics::connection_request_outcome;
using verdict = cwmp::digest_verifier::verdict;

http::server_options small_requests()
{
    http::server_options out;
    out.body_limit = 4 * 1024; // a body has no meaning here and is ignored
    out.idle = std::chrono::seconds(30);
    out.connections_max = base::limits::connection_requests_per_shard;
    return out;
}

} // namespace

connection_request_server::connection_request_server(
    shard& s, std::shared_ptr<const cwmp::digest_verifier> verifier, base::instant epoch)
    : shard_(s)
    , verifier_(std::move(verifier))
    , epoch_(epoch)
    , server_(s.io(), small_requests(),
              [this](const http::request& q, const http::connection_info& c, http::reply& out) {
                  handle(q, c, out);
              })
{
}

void connection_request_server::handle(const http::request& q, const http::connection_info& c,
                                       http::reply& out)
{
    const auto count = [this](connection_request_outcome o) { shard_.count_connection_request(o); };
    const auto device = shard_.device_at(c.tag);
    if (q.target != device.connection_request_path()) {
        out.status = 404;
        count(connection_request_outcome::not_found);
        return;
    }
    if (q.method != "GET") {
        out.status = 405;
        count(connection_request_outcome::not_found);
        return;
    }
    const auto login = device.connection_request_login();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(base::now() - epoch_);
    const auto now = static_cast<std::uint32_t>(seconds.count());
    const auto checked = verifier_->check(q.authorization, q.method, q.target, login, now);
    if (checked != verdict::ok || login.empty()) {
        out.status = 401;
        out.www_authenticate = verifier_->make_challenge(now, checked == verdict::stale);
        count(connection_request_outcome::unauthorized);
        return;
    }
    if (shard_.connection_requested(c.tag) == shard::request_result::accepted) {
        out.status = 200;
        count(connection_request_outcome::ok);
    } else {
        out.status = 503;
        count(connection_request_outcome::busy);
    }
    out.close = true;
}

} // namespace cpestorm::run
