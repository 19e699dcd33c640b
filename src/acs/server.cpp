#include "acs/server.hpp"

#include "acs/session_table.hpp"
#include "base/text.hpp"
#include "cwmp/hash.hpp"
#include "cwmp/inform_rules.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cpestorm::acs {
namespace {

constexpr std::string_view cookie_name = "session";
constexpr std::uint32_t nonce_seconds = 300; // a nonce's life; older ones are challenged again

// A key of its own for each purpose, all from one secret.
sip_key derive_key(std::string_view secret, std::string_view purpose)
{
    const std::string hex = cwmp::hmac_sha256_hex(secret, purpose);
    sip_key key{};
    if (hex.size() < 32) return key;
    std::from_chars(hex.data(), hex.data() + 16, key[0], 16);
    std::from_chars(hex.data() + 16, hex.data() + 32, key[1], 16);
    return key;
}

// The session number in a Cookie header; empty if there is none.
std::optional<std::uint64_t> parse_cookie(std::string_view header)
{
    while (!header.empty()) {
        const std::string_view pair = base::trim(header.substr(0, header.find(';')));
        header.remove_prefix(std::min(header.size(), header.find(';')));
        if (!header.empty()) header.remove_prefix(1);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != cookie_name) continue;
        const std::string_view text = pair.substr(equals + 1);
        std::uint64_t number = 0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), number, 16);
        if (error == std::errc() && end == text.data() + text.size()) return number;
    }
    return std::nullopt;
}

void append_cookie(std::string& out, std::uint64_t number)
{
    constexpr std::string_view hex = "0123456789abcdef";
    out.append(cookie_name).append("=");
    for (int shift = 60; shift >= 0; shift -= 4)
        out += hex[(number >> shift) & 15];
}

bool is_text_xml(std::string_view content_type)
{
    return base::iequals(base::trim(content_type.substr(0, content_type.find(';'))), "text/xml");
}

void clear(http_reply& reply)
{
    reply.status = 0;
    reply.body.clear();
    reply.content_type = {};
    reply.set_cookie.clear();
    reply.www_authenticate.clear();
    reply.close = false;
}

bool hears_inform(const cwmp::acs_session& machine)
{
    const soap::message* message = machine.received();
    return message && std::holds_alternative<soap::inform>(*message);
}

} // namespace

class server::impl {
public:
    explicit impl(server_options options)
        : options_(std::move(options))
        , verifier_(options_.realm, options_.secret, nonce_seconds)
        , devices_(derive_key(options_.secret, "registry"))
        , sessions_(derive_key(options_.secret, "cookies"))
    {
        if (!options_.what_to_do) options_.what_to_do = script::built_in();
    }

    void handle(const http_request& request, base::instant now, http_reply& out);
    std::size_t expire(base::instant now);
    std::optional<connection_target> target_of(const record& device) const;

    const registry& devices() const noexcept { return devices_; }
    const counters& totals() const noexcept { return totals_; }
    std::size_t sessions_open() const noexcept { return sessions_.size(); }

private:
    bool authorized(const http_request& request, bool known, base::instant now, http_reply& out);
    void first_post(const http_request& request, base::instant now, http_reply& out);
    void next_post(session& s, const http_request& request, base::instant now, http_reply& out);
    static cwmp::acs_action post(session& s, const http_request& request, http_reply& out);
    void count(const cwmp::acs_session& heard);
    bool establish(session& s, const http_request& request, base::instant now, http_reply& out);
    void replace(session& old);
    void begin(session& s, const soap::inform& inform);
    void note_answer(session& s);
    void ask_next(session& s, http_reply& out);
    cwmp::credentials login_of(const record& device) const;
    static void send_envelope(http_reply& out);
    void refuse(http_reply& out, unsigned status);

    server_options options_;
    cwmp::digest_verifier verifier_;
    registry devices_;
    session_table sessions_;
    counters totals_;
    std::string id_; // scratch
};

void server::impl::handle(const http_request& request, base::instant now, http_reply& out)
{
    clear(out);
    ++totals_.requests;
    if (request.method != "POST") return refuse(out, 405);

    const auto cookie = parse_cookie(request.cookie);
    session* s = cookie ? sessions_.find_cookie(*cookie) : nullptr;
    if (!authorized(request, s && s->connection == request.connection, now, out)) return;
    if (s)
        next_post(*s, request, now, out);
    else
        first_post(request, now, out);
}

// `known`: this connection was authenticated before, for the session it goes on with.
bool server::impl::authorized(const http_request& request, bool known, base::instant now,
                              http_reply& out)
{
    if (options_.login.empty()) return true;
    if (known && request.authorization.empty()) return true;
    using verdict = cwmp::digest_verifier::verdict;
    const auto seconds = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
    const verdict found = verifier_.check(request.authorization, request.method, request.target,
                                          options_.login, seconds);
    if (found == verdict::ok) return true;
    ++(found == verdict::absent || found == verdict::stale ? totals_.challenged
                                                           : totals_.unauthorized);
    out.status = 401;
    out.www_authenticate = verifier_.make_challenge(seconds, found == verdict::stale);
    return false;
}

void server::impl::first_post(const http_request& request, base::instant now, http_reply& out)
{
    session& s = sessions_.take();
    const auto action = post(s, request, out);
    count(s.machine);
    if (action == cwmp::acs_action::refuse) {
        if (!request.cookie.empty()) totals_.deviate("cookie of no open session");
        sessions_.release(s);
        return refuse(out, 400);
    }
    ++totals_.sessions.started;
    const bool open = s.machine.established() && establish(s, request, now, out);
    if (!open) {
        ++totals_.sessions.refused;
        sessions_.release(s);
    }
    if (out.status == 0) send_envelope(out);
}

void server::impl::next_post(session& s, const http_request& request, base::instant now,
                             http_reply& out)
{
    s.connection = request.connection;
    s.last_request = now;
    const auto action = post(s, request, out);
    if (action == cwmp::acs_action::refuse && hears_inform(s.machine)) {
        replace(s);
        return first_post(request, now, out);
    }
    count(s.machine);
    if (action == cwmp::acs_action::refuse) {
        ++totals_.sessions.refused;
        sessions_.release(s);
        return refuse(out, 400);
    }
    if (action == cwmp::acs_action::ask) {
        note_answer(s);
        ask_next(s, out);
    } else {
        send_envelope(out);
    }
    s.machine.forget();
    if (!s.machine.over()) return;
    ++totals_.sessions.ok;
    sessions_.release(s);
}

// Ends a session because its device begins another.
void server::impl::replace(session& old)
{
    totals_.deviate("Inform while the device has an open session");
    ++totals_.sessions.replaced;
    sessions_.release(old);
}

cwmp::acs_action server::impl::post(session& s, const http_request& request, http_reply& out)
{
    cwmp::cpe_post post;
    post.body = request.body;
    post.has_content_type = !request.content_type.empty();
    post.is_text_xml = is_text_xml(request.content_type);
    post.has_soap_action = request.has_soap_action;
    return s.machine.on_post(post, out.body);
}

// Counts what the last POST showed.
void server::impl::count(const cwmp::acs_session& heard)
{
    for (const std::string_view phrase : heard.deviations())
        totals_.deviate(phrase);
    if (const auto& served = heard.served()) {
        auto& rpc = totals_.rpcs[static_cast<std::size_t>(served->method)];
        ++(served->faulted ? rpc.fault : rpc.ok);
    }
}

// Takes in a good Inform. False if there is no room for the device.
bool server::impl::establish(session& s, const http_request& request, base::instant now,
                             http_reply& out)
{
    const auto& inform = std::get<soap::inform>(*s.machine.received());
    id_.clear();
    append_id(id_, inform.device);
    const std::uint32_t device = devices_.find_or_add(id_);
    if (device == registry::none) {
        refuse(out, 503);
        return false;
    }
    if (session* old = sessions_.find_device(device)) replace(*old);
    devices_[device].informed(inform, now);
    sessions_.open(s, device);
    s.connection = request.connection;
    s.last_request = now;
    append_cookie(out.set_cookie, s.cookie);
    begin(s, inform);
    s.machine.forget();
    return true;
}

void server::impl::begin(session& s, const soap::inform& inform)
{
    for (const auto& listed : inform.events)
        if (const auto code = base::parse_event(listed.code))
            ++totals_.events[static_cast<std::size_t>(*code)];
    s.steps_left = options_.what_to_do->steps_for(inform.events);
    s.wanted_fault.reset();
    s.login_out = false;
    s.login_due =
        !options_.connection_request_login.password.empty() && !devices_[s.device].has_login;
    s.root = cwmp::root_of(inform);
    s.instance = 0;
}

void server::impl::note_answer(session& s)
{
    const auto& answer = s.machine.answered();
    if (!answer) return;
    auto& rpc = totals_.rpcs[static_cast<std::size_t>(answer->method)];
    record& device = devices_[s.device];
    if (answer->faulted) {
        ++rpc.fault;
        ++device.faults;
        totals_.unexpected_faults += s.wanted_fault != answer->fault;
    } else {
        ++rpc.ok;
        totals_.missing_faults += s.wanted_fault.has_value();
        if (s.login_out) device.has_login = true;
    }
    s.login_out = false;
    s.wanted_fault.reset();
    if (const auto* added = std::get_if<soap::add_object_response>(s.machine.received()))
        s.instance = added->instance_number;
}

void server::impl::ask_next(session& s, http_reply& out)
{
    if (s.login_due) {
        auto login = login_of(devices_[s.device]);
        const std::string object = s.root + "ManagementServer.";
        soap::set_parameter_values request;
        request.parameters.push_back({object + "ConnectionRequestUsername", login.username});
        request.parameters.push_back({object + "ConnectionRequestPassword", login.password});
        request.parameter_key = devices_[s.device].parameter_key(); // leaves it as it was
        s.login_due = false;
        s.login_out = true;
        s.machine.ask(std::move(request), out.body);
        return send_envelope(out);
    }
    if (s.steps_left.empty()) {
        s.machine.finish();
        out.status = 204;
        return;
    }
    const step& next = s.steps_left.front();
    s.steps_left = s.steps_left.subspan(1);
    s.wanted_fault = next.expect_fault;
    s.machine.ask(fill_in(next, {s.root, s.instance}), out.body);
    send_envelope(out);
}

std::size_t server::impl::expire(base::instant now)
{
    const std::size_t count = sessions_.expire(now - options_.session_idle);
    totals_.sessions.expired += count;
    return count;
}

cwmp::credentials server::impl::login_of(const record& device) const
{
    cwmp::credentials login = options_.connection_request_login;
    if (login.username.empty()) login.username = device.id();
    return login;
}

std::optional<connection_target> server::impl::target_of(const record& device) const
{
    if (device.connection_request_url().empty()) return std::nullopt;
    connection_target target{device.connection_request_url(), {}};
    if (!options_.connection_request_login.password.empty()) target.login = login_of(device);
    return target;
}

void server::impl::send_envelope(http_reply& out)
{
    out.status = 200;
    out.content_type = "text/xml; charset=\"utf-8\"";
}

void server::impl::refuse(http_reply& out, unsigned status)
{
    ++totals_.refused;
    out.status = status;
    out.body.clear();
    out.close = true;
}

server::server(server_options options)
    : impl_(std::make_unique<impl>(std::move(options)))
{
}

server::~server() = default;

void server::handle(const http_request& request, base::instant now, http_reply& out)
{
    impl_->handle(request, now, out);
}

std::size_t server::expire(base::instant now)
{
    return impl_->expire(now);
}

const registry& server::devices() const noexcept
{
    return impl_->devices();
}

const counters& server::totals() const noexcept
{
    return impl_->totals();
}

std::size_t server::sessions_open() const noexcept
{
    return impl_->sessions_open();
}

std::optional<connection_target> server::connection_request_target(std::string_view device_id) const
{
    const record* device = impl_->devices().find(device_id);
    return device ? impl_->target_of(*device) : std::nullopt;
}

} // namespace cpestorm::acs
