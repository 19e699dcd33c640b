#include "run/session.hpp"

#include "cwmp/acs_session.hpp"

#include <algorithm>

namespace cpestorm::run {
namespace {

using base::failure_reason;
using metrics::direction;
using metrics::rpc_outcome;

std::string origin(const http::url& u)
{
    return (u.tls ? "https " : "http ") + u.host + " " + std::to_string(u.port);
}

std::size_t count_acknowledged(const cwmp::session_result& r)
{
    return static_cast<std::size_t>(
               std::count(r.acknowledged.begin(), r.acknowledged.end(), true)) +
           (r.inform_acknowledged ? 1 : 0);
}

} // namespace

session::session(environment& env, std::uint32_t slot)
    : env_(env)
    , slot_(slot)
    , client_(env.io)
{
}

device::cpe session::device() const
{
    const auto now = env_.to_fleet(base::now());
    return {env_.devices, *state_, device_index_, now, base::wall_now()};
}

// The ACS may have given a device another URL or other credentials.
void session::prepare_options()
{
    const auto cpe = device();
    options_.acs_url = cpe.acs_url();
    options_.basic_without_tls = env_.transport.basic_without_tls;
    if (!env_.devices.acs_login.empty() || !state_->overlay.empty())
        options_.acs_login = cpe.acs_login();
    else
        options_.acs_login = {};
}

wait session::begin(std::uint32_t device_index, device::state& state, std::uint64_t random)
{
    device_index_ = device_index;
    state_ = &state;
    started = base::now();
    deadline_ = started + env_.transport.limits.session;
    interruption_ = interruption::none;
    informed_at_ = {};
    resent_ = false;
    calling_ = answering_ = base::method::other;
    acknowledged_ = 0;
    prepare_options();
    device().begin_session(content_);
    return obey(machine_.start(options_, content_.inform, content_.requests, random));
}

wait session::advance()
{
    switch (interruption_) {
    case interruption::none:
        return follow(client_.resume());
    case interruption::time_out: {
        const auto reason = client_.timeout_reason();
        client_.close();
        return obey(machine_.on_error(reason, "no answer in time"));
    }
    case interruption::abort:
        break;
    }
    client_.close();
    return obey(machine_.on_error(failure_reason::aborted, "the run was stopped"));
}

void session::abort() noexcept
{
    interruption_ = interruption::abort;
    base::error_code ignored; // nothing to cancel is as good
    client_.socket().cancel(ignored);
}

void session::time_out() noexcept
{
    if (interruption_ != interruption::none) return;
    interruption_ = interruption::time_out;
    base::error_code ignored; // nothing to cancel is as good
    client_.socket().cancel(ignored);
}

wait session::obey(cwmp::action next)
{
    while (const auto* question = std::get_if<cwmp::answer>(&next))
        next = answer(*question->request);
    if (std::holds_alternative<cwmp::finish>(next)) return finish();
    pending_ = std::get<cwmp::post>(next);
    return start_post();
}

wait session::follow(http::step s)
{
    switch (s) {
    case http::step::want_read:
        return wait::read;
    case http::step::want_write:
        return wait::write;
    case http::step::connected:
        env_.measured.times.tcp_connect.record(client_.connect_time());
        if (target_.tls) env_.measured.times.tls_handshake.record(client_.handshake_time());
        return transmit();
    case http::step::replied:
        return obey(take_reply());
    case http::step::failed:
        break;
    }
    if (client_.went_stale() && !resent_) {
        resent_ = true;
        return open();
    }
    return obey(machine_.on_error(client_.reason(), client_.detail()));
}

wait session::start_post()
{
    if (pending_.url != target_text_) {
        auto parsed = http::parse_url(pending_.url);
        if (!parsed) return obey(machine_.on_error(failure_reason::protocol, parsed.error().what));
        target_ = std::move(*parsed);
        target_text_ = pending_.url;
    }
    if (client_.reusable() && connected_to_ == origin(target_)) return transmit();
    return open();
}

wait session::open()
{
    const auto now = base::now();
    const auto to = env_.names.cached(target_.host, target_.port, now);
    arm(env_.transport.limits.connect);
    if (!to) return wait::name;
    boost::asio::ip::address source;
    if (env_.transport.bind_device_address && to->address().is_v4())
        source = boost::asio::ip::address_v4(env_.devices.endpoints.of(device_index_).address);
    connected_to_ = origin(target_);
    const auto* tls = target_.tls ? env_.transport.tls.get() : nullptr;
    return follow(client_.open(*to, source, tls, target_.host));
}

wait session::resolved(const base::error_code& ec)
{
    if (interruption_ != interruption::none) return advance();
    if (ec)
        return obey(machine_.on_error(failure_reason::connect_refused,
                                      "cannot resolve " + target_.host + ": " + ec.message()));
    return open();
}

wait session::transmit()
{
    arm(env_.transport.limits.response);
    sent_at_ = base::now();
    calling_ = machine_.outstanding();
    if (informed_at_ == base::instant{}) informed_at_ = sent_at_;
    http::outgoing out;
    if (!pending_.body.empty()) {
        out.content_type = "text/xml; charset=\"utf-8\"";
        out.soap_action = true;
    }
    out.authorization = pending_.authorization;
    out.cookie = pending_.cookie;
    out.body = pending_.body;
    return follow(client_.send(target_, out));
}

cwmp::action session::take_reply()
{
    const auto& r = client_.reply();
    auto& counters = env_.measured.counters;
    counters.http_response(r.status);
    const auto took = base::now() - sent_at_;
    if (answering_ != base::method::other) env_.measured.times.of(answering_).record(took);
    answering_ = base::method::other;

    cwmp::http_reply reply;
    reply.status = r.status;
    reply.body = r.body;
    reply.location = r.location;
    reply.www_authenticate = r.www_authenticate;
    reply.set_cookie = r.set_cookie;
    reply.authentication_info = r.authentication_info;
    reply.closed = !client_.reusable();
    if (reply.closed) client_.close();
    const auto called = calling_;
    auto next = machine_.on_reply(reply);
    if (called != base::method::other) {
        const bool again = std::holds_alternative<cwmp::post>(next) &&
                           machine_.outstanding() == called && r.status != 200;
        if (!again) {
            if (r.status == 200) env_.measured.times.of(called).record(took);
            count_cpe_call(r.status);
        }
    }
    return next;
}

// The answer to a call of ours has come: a response if the machine took it for one.
void session::count_cpe_call(unsigned status)
{
    const auto acknowledged = count_acknowledged(machine_.result());
    if (acknowledged > acknowledged_)
        env_.measured.counters.rpc(direction::cpe, calling_, rpc_outcome::ok);
    else if (status == 200)
        env_.measured.counters.rpc(direction::cpe, calling_, rpc_outcome::fault);
    acknowledged_ = acknowledged;
}

cwmp::action session::answer(const soap::message& request)
{
    answering_ = cwmp::method_of(request);
    auto response = device().handle(request);
    const auto* fault = std::get_if<soap::fault>(&response);
    if (fault != nullptr) env_.measured.counters.fault(fault->code);
    env_.measured.counters.rpc(direction::acs, answering_,
                               fault != nullptr ? rpc_outcome::fault : rpc_outcome::ok);
    return machine_.on_answer(std::move(response));
}

void session::arm(std::chrono::milliseconds limit)
{
    const auto at = std::min(base::now() + limit, deadline_);
    env_.deadlines.arm(slot_, env_.to_fleet(at));
}

wait session::finish()
{
    env_.deadlines.cancel(slot_);
    env_.measured.counters.bytes_sent += client_.take_bytes_sent();
    env_.measured.counters.bytes_received += client_.take_bytes_received();
    client_.close();
    return wait::over;
}

} // namespace cpestorm::run
