// The part of the session machine that knows HTTP (TR-069 §3.4): what a status means, redirects,
// authentication. What is left is for cpe_session.cpp.

#include "base/limits.hpp"
#include "base/rng.hpp"
#include "base/text.hpp"
#include "cwmp/cpe_session.hpp"
#include "cwmp/digest.hpp"
#include "cwmp/url.hpp"

#include <cassert>
#include <utility>

namespace cpestorm::cwmp {

using base::failure_reason;

action cpe_session::send()
{
    if (result_.messages >= base::limits::session_messages)
        return fail(failure_reason::protocol, "the session does not come to an end");
    authorization_.clear();
    if (auth_.active())
        authorization_ = auth_.authorize(options_->acs_login, "POST", request_target(url_));
    phase_ = phase::posted;
    return post{url_, body_, authorization_, cookies_.header()};
}

action cpe_session::on_reply(const http_reply& reply)
{
    if (phase_ == phase::over) return finish{};
    assert(phase_ == phase::posted);
    ++result_.messages;
    result_.http_status = reply.status;
    for (const auto cookie : reply.set_cookie)
        cookies_.take(cookie);
    if (reply.closed && auth_.active()) auth_.reconnect(next_client_nonce());

    switch (reply.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return follow_redirect(reply.location);
    case 401:
        return answer_challenge(reply);
    default:
        break;
    }
    redirects_ = 0;
    refusals_ = 0;
    if (auth_.active() && auth_.current().scheme == auth_scheme::digest)
        if (const auto nonce = parse_next_nonce(reply.authentication_info))
            auth_.next_nonce(*nonce);

    if (reply.status == 500) return on_status_500(reply.body);
    if (reply.status < 200 || reply.status > 299) return fail_status(reply.status);
    if (reply.status != 200 && reply.status != 204) deviates(deviation::other_2xx);
    if (reply.status == 204 || base::trim(reply.body).empty()) return on_empty();
    return on_body(reply.body);
}

action cpe_session::on_error(failure_reason reason, std::string_view detail)
{
    if (phase_ == phase::over) return finish{};
    return fail(reason, std::string(detail));
}

action cpe_session::follow_redirect(std::string_view location)
{
    if (++redirects_ > base::limits::http_redirects)
        return fail(failure_reason::http_3xx, "the ACS redirects too many times in a row");
    auto target = follow_location(url_, location);
    if (!target)
        return fail(failure_reason::http_3xx,
                    "the ACS redirects without a Location that is a usable http or https URL");
    if (!same_origin(url_, *target)) {
        auth_.reset();
        refusals_ = 0;
    }
    url_ = std::move(*target);
    return send();
}

action cpe_session::answer_challenge(const http_reply& reply)
{
    const auto refused = [this](std::string_view why) {
        return fail(failure_reason::auth, std::string(why));
    };
    constexpr auto wrong_login = "the ACS refuses the user name or the password";
    const bool sent = !authorization_.empty();
    auto c = choose_challenge(reply.www_authenticate);
    if (!c && sent) return refused(wrong_login); // GenieACS says so without another challenge
    if (!c)
        return refused("the ACS asks for credentials in a way that is neither Basic nor Digest "
                       "(MD5 or SHA-256)");
    if (options_->acs_login.empty())
        return refused("the ACS asks for credentials: a user name and a password are needed");

    // Basic sends the same again, and a nonce refused once is not good the next time.
    const bool basic = c->scheme == auth_scheme::basic;
    const bool same_scheme = auth_.active() && auth_.current().scheme == c->scheme;
    const bool repeats = sent && same_scheme && (basic || auth_.current().nonce == c->nonce);
    // A post is answered once more only if it was right but for the age of its nonce.
    const bool again = refusals_ != 0 && !(refusals_ == 1 && c->stale);
    if (repeats || again) return refused(wrong_login);
    const auto server = split_url(url_);
    if (basic && !options_->basic_without_tls && !(server && server->tls))
        return refused("the ACS asks for Basic authentication over http, which would show the "
                       "password to everyone: use https, or allow Basic without TLS");
    ++refusals_;
    auth_.take(std::move(*c), next_client_nonce());
    return send();
}

// Some ACSs send SOAP faults with the status that SOAP 1.1 §6.2 wants, others mean a broken server.
action cpe_session::on_status_500(std::string_view body)
{
    if (base::trim(body).empty()) return fail_status(500);
    const auto e = soap::decode(body);
    if (!e || !std::holds_alternative<soap::fault>(e->message)) return fail_status(500);
    deviates(deviation::fault_status);
    return on_body(body);
}

action cpe_session::fail_status(unsigned status)
{
    auto reason = failure_reason::protocol;
    if (status >= 300 && status < 400) reason = failure_reason::http_3xx;
    if (status >= 400 && status < 500) reason = failure_reason::http_4xx;
    if (status >= 500 && status < 600) reason = failure_reason::http_5xx;
    return fail(reason, "the ACS answered with HTTP status " + std::to_string(status));
}

std::string cpe_session::next_client_nonce()
{
    constexpr std::uint64_t stream = 2; // stream 1 is for ids
    const std::uint64_t bits = base::draw(random_, stream, client_nonces_++);
    return to_hex32(static_cast<std::uint32_t>(bits >> 32)) +
           to_hex32(static_cast<std::uint32_t>(bits));
}

} // namespace cpestorm::cwmp
