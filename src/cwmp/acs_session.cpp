#include "cwmp/acs_session.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "cwmp/inform_rules.hpp"
#include "soap/encode.hpp"
#include "soap/fault.hpp"

#include <array>
#include <cassert>
#include <type_traits>
#include <utility>

namespace cpestorm::cwmp {
namespace {

// The methods this ACS serves, in the answer to GetRPCMethods.
constexpr std::array methods_served{"Inform", "TransferComplete", "GetRPCMethods"};

// Requests and responses alternate in soap::message, in the order of base::method.
template <base::method M, class Request, class Response>
constexpr bool in_order =
    std::is_same_v<std::variant_alternative_t<2 * std::size_t(M), soap::message>, Request> &&
    std::is_same_v<std::variant_alternative_t<2 * std::size_t(M) + 1, soap::message>, Response>;
static_assert(in_order<base::method::inform, soap::inform, soap::inform_response>);
static_assert(in_order<base::method::add_object, soap::add_object, soap::add_object_response>);
static_assert(in_order<base::method::download, soap::download, soap::download_response>);

// The newest version that both sides know and that belongs to the Inform's namespace; empty: let
// the namespace decide (TR-069 §3.5, UseCWMPVersion).
std::string_view choose_version(const soap::envelope& inform)
{
    if (inform.ns != soap::cwmp_namespace::cwmp_1_2) return {};
    for (const std::string_view version : {"1.4", "1.3", "1.2"})
        if (inform.supported_versions.find(version) != std::string::npos) return version;
    return {};
}

soap::envelope envelope_of(const std::optional<std::string>& id, soap::cwmp_namespace ns,
                           soap::message message)
{
    soap::envelope e;
    e.id = id;
    e.ns = ns;
    e.message = std::move(message);
    return e;
}

std::string_view describe(soap::decode_error::kind what)
{
    switch (what) {
    case soap::decode_error::kind::not_xml:
        return "body is not XML";
    case soap::decode_error::kind::not_soap:
        return "body is no SOAP envelope";
    case soap::decode_error::kind::must_understand:
        return "header element that nobody understands";
    case soap::decode_error::kind::bad_arguments:
        return "argument missing or malformed";
    }
    return "";
}

} // namespace

base::method method_of(const soap::message& m) noexcept
{
    const std::size_t method = m.index() / 2;
    const auto other = static_cast<std::size_t>(base::method::other);
    return method < other ? static_cast<base::method>(method) : base::method::other;
}

void acs_session::start()
{
    conversation_ = {};
    requests_ = 0;
    messages_ = 0;
    has_envelope_ = established_ = failed_ = false;
    served_.reset();
    answered_.reset();
    deviations_.clear();
}

const soap::message* acs_session::received() const noexcept
{
    return has_envelope_ ? &in_.message : nullptr;
}

void acs_session::forget()
{
    has_envelope_ = false;
    in_.message = soap::get_rpc_methods{}; // the smallest: holds no memory
}

acs_action acs_session::on_post(const cpe_post& post, std::string& out)
{
    deviations_.clear();
    has_envelope_ = false;
    served_.reset();
    answered_.reset();
    if (over()) return refuse("POST after the end of the session");
    if (++messages_ > base::limits::session_messages)
        return refuse("more than 10,000 messages in a session");

    if (post.body.empty()) {
        if (post.has_content_type) deviate("empty POST with Content-Type");
        if (post.has_soap_action) deviate("empty POST with SOAPAction");
        return on_empty();
    }
    if (!post.is_text_xml) deviate("envelope without Content-Type text/xml");
    if (!post.has_soap_action) deviate("envelope without SOAPAction");

    auto decoded = soap::decode(post.body, &deviations_);
    if (!decoded) return on_undecodable(decoded.error(), out);
    in_ = std::move(*decoded);
    has_envelope_ = true;
    if (established_ && in_.ns != ns_) deviate("namespace is not the Inform's");

    if (const auto* inform = std::get_if<soap::inform>(&in_.message))
        return on_inform(*inform, out);
    if (soap::role_of(in_.message) == soap::message_role::request)
        return on_request(in_.message, out);
    return on_response();
}

acs_action acs_session::on_empty()
{
    if (now() == turn::cpe_inform) return refuse("first POST is no Inform");
    if (!conversation_.take(said::cpe_empty)) return refuse("empty POST instead of a response");
    return acs_action::ask;
}

acs_action acs_session::on_undecodable(const soap::decode_error& error, std::string& out)
{
    deviate(describe(error.what));
    const bool has_method = error.what == soap::decode_error::kind::bad_arguments ||
                            error.what == soap::decode_error::kind::must_understand;
    if (!has_method) return refuse({});

    // Only a request can be answered with a fault.
    in_.id = error.id;
    if (error.method == "Inform") {
        if (!conversation_.take(said::cpe_inform))
            return refuse("Inform in the middle of a session");
        ns_ = error.ns;
        return reply_fault(said::acs_inform_fault, base::method::inform,
                           soap::fault_code::acs_invalid_arguments, out);
    }
    if (now() == turn::cpe_inform) return refuse("first POST is no Inform");
    if (error.method == "Fault" || error.method.ends_with("Response")) return refuse({});
    if (!conversation_.take(said::cpe_request)) return refuse("request out of turn");
    const auto asked =
        error.method == "TransferComplete" ? base::method::transfer_complete : base::method::other;
    return reply_fault(said::acs_response, asked, soap::fault_code::acs_invalid_arguments, out);
}

acs_action acs_session::on_inform(const soap::inform& inform, std::string& out)
{
    if (!conversation_.take(said::cpe_inform)) return refuse("Inform in the middle of a session");
    ns_ = in_.ns;
    check_inform(inform, deviations_);
    if (!identifies_device(inform.device))
        return reply_fault(said::acs_inform_fault, base::method::inform,
                           soap::fault_code::acs_invalid_arguments, out);

    const bool legal = conversation_.take(said::acs_inform_response);
    assert(legal);
    static_cast<void>(legal); // only asserted
    established_ = true;
    served_ = rpc_outcome{base::method::inform, 0, false};
    soap::envelope response = envelope_of(in_.id, ns_, soap::inform_response{});
    response.use_version = choose_version(in_);
    soap::encode(out, response);
    return acs_action::reply;
}

acs_action acs_session::on_request(const soap::message& request, std::string& out)
{
    if (now() == turn::cpe_inform) return refuse("first POST is no Inform");
    if (!conversation_.take(said::cpe_request)) return refuse("request out of turn");

    soap::message response;
    if (std::holds_alternative<soap::transfer_complete>(request)) {
        response = soap::transfer_complete_response{};
    } else if (std::holds_alternative<soap::get_rpc_methods>(request)) {
        response = soap::get_rpc_methods_response{{methods_served.begin(), methods_served.end()}};
    } else {
        return reply_fault(said::acs_response, base::method::other,
                           soap::fault_code::acs_method_not_supported, out);
    }
    static_cast<void>(conversation_.take(said::acs_response)); // legal after cpe_request
    served_ = rpc_outcome{method_of(request), 0, false};
    soap::encode(out, envelope_of(in_.id, ns_, std::move(response)));
    return acs_action::reply;
}

acs_action acs_session::on_response()
{
    if (now() == turn::cpe_inform) return refuse("first POST is no Inform");
    if (now() != turn::cpe_response) return refuse("response out of turn");

    const auto* fault = std::get_if<soap::fault>(&in_.message);
    if (!fault && method_of(in_.message) != expected_) return refuse("response of another method");
    if (in_.id != expected_id_) deviate("ID not echoed");
    if (fault && (fault->code < 9000 || fault->code > 9899)) deviate("fault code is not a CPE's");
    answered_ = rpc_outcome{expected_, fault ? fault->code : 0, fault != nullptr};
    static_cast<void>(conversation_.take(said::cpe_response)); // legal: checked above
    return acs_action::ask;
}

void acs_session::ask(soap::message request, std::string& out)
{
    assert(soap::role_of(request) == soap::message_role::request);
    const bool legal = conversation_.take(said::acs_request);
    assert(legal);
    static_cast<void>(legal); // only asserted
    expected_ = method_of(request);
    expected_id_ = "acs-";
    base::append_number(expected_id_, ++requests_);
    soap::encode(out, envelope_of(expected_id_, ns_, std::move(request)));
}

void acs_session::finish()
{
    const bool legal = conversation_.take(said::acs_empty);
    assert(legal);
    static_cast<void>(legal); // only asserted
}

acs_action acs_session::refuse(std::string_view why)
{
    if (!why.empty()) deviate(why);
    failed_ = true;
    return acs_action::refuse;
}

acs_action acs_session::reply_fault(said what, base::method asked, unsigned code, std::string& out)
{
    static_cast<void>(conversation_.take(what)); // the caller took the request it answers
    if (what == said::acs_inform_fault) failed_ = true;
    served_ = rpc_outcome{asked, code, true};
    soap::fault fault{.code = code, .text = std::string(soap::fault_text(code)), .parameters = {}};
    soap::encode(out, envelope_of(in_.id, ns_, std::move(fault)));
    return acs_action::reply;
}

} // namespace cpestorm::cwmp
