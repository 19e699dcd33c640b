#include "cwmp/cpe_session.hpp"

#include "base/limits.hpp"
#include "base/rng.hpp"
#include "base/text.hpp"
#include "soap/encode.hpp"
#include "soap/fault.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace cpestorm::cwmp {
namespace {

using base::failure_reason;

base::method method_of_request(const soap::message& m) noexcept
{
    if (std::holds_alternative<soap::inform>(m)) return base::method::inform;
    if (std::holds_alternative<soap::transfer_complete>(m)) return base::method::transfer_complete;
    if (std::holds_alternative<soap::get_rpc_methods>(m)) return base::method::get_rpc_methods;
    return base::method::other;
}

bool is_response_to(const soap::message& response, const soap::message& request) noexcept
{
    auto name = soap::method_name(response);
    constexpr std::string_view suffix = "Response";
    if (!name.ends_with(suffix)) return false;
    name.remove_suffix(suffix.size());
    return name == soap::method_name(request);
}

bool is_request(std::string_view method) noexcept
{
    return !method.empty() && method != "Fault" && !method.ends_with("Response");
}

// The first characters of what is no SOAP, so that its origin can be told.
std::string quote_start(std::string_view body)
{
    constexpr std::size_t quoted = 60;
    std::string out = "\"";
    for (const char c : base::trim(body)) {
        if (out.size() > quoted) return out + "...\"";
        if (c >= ' ' && c <= '~') out += c;
    }
    return out + '"';
}

// The namespace of a version of CWMP, "1.0" to "1.4"; empty if it is none.
std::optional<soap::cwmp_namespace> namespace_of(std::string_view version) noexcept
{
    using enum soap::cwmp_namespace;
    if (version == "1.0") return cwmp_1_0;
    if (version == "1.1") return cwmp_1_1;
    if (version == "1.2" || version == "1.3" || version == "1.4") return cwmp_1_2;
    return std::nullopt;
}

// Whether a comma-separated list has `item`.
bool lists(std::string_view list, std::string_view item) noexcept
{
    for (;;) {
        const auto comma = list.find(',');
        if (base::trim(list.substr(0, comma)) == item) return true;
        if (comma == list.npos) return false;
        list.remove_prefix(comma + 1);
    }
}

} // namespace

action cpe_session::start(const session_options& options, const soap::inform& inform,
                          const std::vector<soap::message>& requests, std::uint64_t random)
{
    constexpr std::uint64_t stream = 1; // ids must tell nothing about client nonces, stream 2
    options_ = &options;
    inform_ = &inform;
    requests_ = &requests;
    request_first_ = false;
    ns_ = options.ns;
    talk_ = {};
    next_request_ = 0;
    repeats_ = 0;
    first_id_ = static_cast<std::uint32_t>(base::draw(random, stream, 0));
    ids_ = 0;
    url_ = options.acs_url;
    cookies_.clear();
    auth_.reset();
    random_ = random;
    client_nonces_ = 0;
    redirects_ = 0;
    refusals_ = 0;
    result_.ok = false;
    result_.reason = failure_reason::aborted;
    result_.http_status = 0;
    result_.fault_code = 0;
    result_.inform_acknowledged = false;
    result_.acknowledged.assign(requests.size(), false);
    result_.messages = 0;
    result_.deviations.clear();
    result_.detail.clear();
    return proceed();
}

base::method cpe_session::outstanding() const noexcept
{
    if (phase_ != phase::posted) return base::method::other;
    if (posted_ != said::cpe_inform && posted_ != said::cpe_request) return base::method::other;
    return method_of_request(own_.message);
}

// The CPE's turn, if it owes no response.
action cpe_session::proceed()
{
    switch (talk_.now()) {
    case turn::cpe_inform:
        return post_own(said::cpe_inform);
    case turn::cpe_free:
        if (talk_.cpe_may_request() && next_request_ < requests_->size())
            return post_own(said::cpe_request);
        (void)talk_.take(said::cpe_empty); // always legal here
        posted_ = said::cpe_empty;
        body_.clear();
        return send();
    case turn::over:
        phase_ = phase::over;
        result_.ok = true;
        return finish{};
    default:
        assert(false && "not the CPE's turn");
        return fail(failure_reason::local_error, "not the CPE's turn");
    }
}

// Posts the Inform or the next request. What the ACS wants repeated keeps its ID, and so every
// byte (TR-069 §A.3.1).
action cpe_session::post_own(said what)
{
    const bool legal = talk_.take(what);
    assert(legal);
    (void)legal; // the caller asked talk_
    const bool inform = what == said::cpe_inform;
    if (repeats_ == 0) {
        if (!own_.id) own_.id.emplace();
        own_.id->clear();
        base::append_number(*own_.id, std::uint64_t{first_id_} + ids_++);
        if (inform)
            own_.message = *inform_;
        else
            own_.message = (*requests_)[next_request_];
        own_.ns = ns_;
        own_.supported_versions.clear();
        // The header is one of CWMP 1.4, whose namespace is that of 1.2.
        if (inform && options_->ns == soap::cwmp_namespace::cwmp_1_2)
            own_.supported_versions = options_->supported_versions;
    }
    posted_ = what;
    body_.clear();
    soap::encode(body_, own_);
    return send();
}

action cpe_session::on_answer(soap::message response)
{
    if (phase_ == phase::over) return finish{};
    assert(phase_ == phase::asked);
    answer_.message = std::move(response);
    return post_answer();
}

// Posts answer_.message for the request just received.
action cpe_session::post_answer()
{
    // In the place of a response, the request was none of the table's turns.
    if (!request_first_) (void)talk_.take(said::cpe_response);
    answer_.id = received_.id;
    answer_.ns = received_.ns;
    posted_ = said::cpe_response;
    body_.clear();
    soap::encode(body_, answer_);
    return send();
}

bool cpe_session::awaits_response() const noexcept
{
    return talk_.now() == turn::acs_response;
}

action cpe_session::on_empty()
{
    if (awaits_response() && request_first_) {
        // The ACS has forgotten what it owes; our request stays without an answer.
        request_first_ = false;
        repeats_ = 0;
        ++next_request_;
        (void)talk_.take(said::acs_response);
        return proceed();
    }
    if (!talk_.take(said::acs_empty)) return unexpected("nothing");
    return proceed();
}

action cpe_session::on_body(std::string_view body)
{
    std::vector<std::string_view> heard;
    auto decoded = soap::decode(body, &heard);
    for (const auto phrase : heard)
        deviates(phrase);
    if (!decoded) return on_undecodable(decoded.error(), body);
    received_ = std::move(*decoded);
    return on_envelope();
}

action cpe_session::on_envelope()
{
    switch (soap::role_of(received_.message)) {
    case soap::message_role::request:
        return on_request();
    case soap::message_role::response:
        if (talk_.now() == turn::acs_inform_response) return on_inform_response();
        return on_response();
    case soap::message_role::fault:
        break;
    }
    return on_fault(std::get<soap::fault>(received_.message));
}

// Some of what cannot be read is still known to be a request, and has an answer.
action cpe_session::on_undecodable(const soap::decode_error& e, std::string_view body)
{
    using kind = soap::decode_error::kind;
    const bool readable = e.what == kind::bad_arguments || e.what == kind::must_understand;
    if (!readable)
        return fail(failure_reason::soap_parse,
                    "the ACS sent no SOAP envelope (" + e.text + "): " + quote_start(body));
    if (!is_request(e.method)) return fail(failure_reason::soap_parse, e.text);
    if (!take_request(false)) return unexpected(e.method);
    received_.id = e.id;
    received_.ns = e.ns;
    answer_.message = soap::fault{soap::fault_code::invalid_arguments, e.text, {}};
    return post_answer();
}

// False if the ACS must not ask now.
bool cpe_session::take_request(bool hold)
{
    request_first_ = awaits_response();
    if (!request_first_) return talk_.take(said::acs_request, hold);
    deviates(deviation::request_first);
    return true;
}

action cpe_session::on_request()
{
    if (!take_request(received_.hold_requests.value_or(false)))
        return unexpected(soap::method_name(received_.message));
    phase_ = phase::asked;
    return answer{&received_.message};
}

action cpe_session::on_inform_response()
{
    if (!is_response_to(received_.message, own_.message))
        return unexpected(soap::method_name(received_.message));
    if (!choose_version())
        return fail(failure_reason::protocol,
                    "the ACS chose a version of CWMP that the CPE does not offer");
    check_id();
    (void)talk_.take(said::acs_inform_response, received_.hold_requests.value_or(false));
    repeats_ = 0;
    result_.inform_acknowledged = true;
    return proceed();
}

// TR-069 §3.5.2: the header decides or, before CWMP 1.4, the namespace of the answer.
bool cpe_session::choose_version()
{
    if (received_.use_version.empty()) {
        ns_ = std::min(received_.ns, options_->ns); // never newer than what the CPE speaks
        return true;
    }
    const auto chosen = namespace_of(received_.use_version);
    const auto& offered = options_->supported_versions;
    if (!chosen || (!offered.empty() && !lists(offered, received_.use_version))) return false;
    ns_ = *chosen;
    return true;
}

action cpe_session::on_response()
{
    if (!awaits_response() || !is_response_to(received_.message, own_.message))
        return unexpected(soap::method_name(received_.message));
    check_id();
    (void)talk_.take(said::acs_response, received_.hold_requests.value_or(false));
    request_first_ = false;
    repeats_ = 0;
    result_.acknowledged[next_request_++] = true;
    return proceed();
}

action cpe_session::on_fault(const soap::fault& f)
{
    const bool to_inform = talk_.now() == turn::acs_inform_response;
    if (!to_inform && !awaits_response()) return unexpected("a fault");
    const bool hold = received_.hold_requests.value_or(false);
    const bool again = f.code == soap::fault_code::acs_retry_request &&
                       repeats_ < base::limits::retry_request_faults;
    check_id();
    request_first_ = false;
    if (again) {
        ++repeats_;
        (void)talk_.take(said::acs_retry_fault, hold);
        return proceed();
    }
    repeats_ = 0;
    if (to_inform) {
        (void)talk_.take(said::acs_inform_fault);
        result_.fault_code = f.code;
        return fail(failure_reason::cwmp_fault, "the ACS answered the Inform with fault " +
                                                    std::to_string(f.code) + ": " +
                                                    quote_start(f.text));
    }
    ++next_request_;
    (void)talk_.take(said::acs_response, hold);
    return proceed();
}

void cpe_session::check_id()
{
    if (received_.id && received_.id != own_.id) deviates(deviation::other_id);
}

void cpe_session::deviates(std::string_view phrase)
{
    auto& all = result_.deviations;
    if (std::find(all.begin(), all.end(), phrase) == all.end()) all.push_back(phrase);
}

action cpe_session::unexpected(std::string_view what)
{
    return fail(failure_reason::protocol, "the ACS sent " + quote_start(what) + " out of turn (" +
                                              std::string(name(talk_.now())) + ")");
}

action cpe_session::fail(failure_reason reason, std::string detail)
{
    phase_ = phase::over;
    result_.ok = false;
    result_.reason = reason;
    result_.detail = std::move(detail);
    return finish{};
}

} // namespace cpestorm::cwmp
