#include "soap/decode.hpp"

#include "base/text.hpp"
#include "soap/arguments.hpp"
#include "soap/method_names.hpp"
#include "soap/xml.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace cpestorm::soap {
namespace {

constexpr std::string_view soap_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";

decode_error refusal(decode_error::kind what, std::string_view name, std::string text)
{
    decode_error e;
    e.what = what;
    e.element = name;
    e.text = std::move(text);
    return e;
}

// The version a CWMP namespace stands for, empty if it is none.
std::optional<cwmp_namespace> parse_namespace(std::string_view uri)
{
    constexpr std::string_view stem = "urn:dslforum-org:cwmp-1-";
    if (!uri.starts_with(stem) || uri.size() != stem.size() + 1) return std::nullopt;
    switch (uri.back()) {
    case '0':
        return cwmp_namespace::cwmp_1_0;
    case '1':
        return cwmp_namespace::cwmp_1_1;
    case '2':
    case '3': // neither exists, but some stacks name them after the version
    case '4':
        return cwmp_namespace::cwmp_1_2;
    default:
        return std::nullopt;
    }
}

// What the body holds: which method, in which namespace.
struct body_child {
    element method;
    std::size_t index = method_names.size(); // in method_names; past the end: a stranger
    cwmp_namespace ns = cwmp_namespace::cwmp_1_2;
};

body_child identify(argument_reader& in, element root, element method)
{
    body_child found{.method = method};
    const auto name = std::ranges::find(method_names, method.name());
    const std::string_view uri = method.namespace_uri();
    const bool is_fault = name != method_names.end() && *name == "Fault";

    // A Fault is in SOAP's namespace; its detail and the ID tell which CWMP it belongs to.
    const element witness = is_fault ? method.child("detail").child("Fault") : method;
    auto ns = parse_namespace(witness.namespace_uri());
    if (!ns) ns = parse_namespace(root.child("Header").child("ID").namespace_uri());
    if (!ns) ns = parse_namespace(root.attribute("cwmp").value_or(std::string_view()));
    if (ns) found.ns = *ns;

    const bool declared = is_fault ? uri == soap_1_1 : parse_namespace(uri).has_value();
    if (declared || uri.empty())
        found.index = static_cast<std::size_t>(name - method_names.begin());
    if (uri.empty()) in.deviates(deviation::method_namespace);
    if (uri.ends_with("cwmp-1-3") || uri.ends_with("cwmp-1-4"))
        in.deviates(deviation::later_namespace);
    return found;
}

bool must_understand(element e)
{
    const auto mark = e.attribute("mustUnderstand");
    return mark && (*mark == "1" || *mark == "true");
}

// Reads one header element; false if it is unknown.
bool read_header_element(argument_reader& in, element e, envelope& out)
{
    const std::string_view name = e.name();
    if (name == "ID") {
        out.id = e.text();
        if (!must_understand(e)) in.deviates(deviation::id_not_marked);
    } else if (name == "HoldRequests") {
        out.hold_requests = in.to_flag(e.text());
        if (!out.hold_requests) in.deviates(deviation::header_value);
    } else if (name == "SessionTimeout") {
        const auto n = base::parse_unsigned(base::trim(e.text()));
        if (n && *n <= std::numeric_limits<std::uint32_t>::max())
            out.session_timeout = static_cast<unsigned>(*n);
        else
            in.deviates(deviation::header_value);
    } else if (name == "SupportedCWMPVersions") {
        out.supported_versions = base::trim(e.text());
    } else if (name == "UseCWMPVersion") {
        out.use_version = base::trim(e.text());
    } else {
        return name == "NoMoreRequests"; // CWMP 1.0; deprecated, ignored
    }
    return true;
}

// Reads the whole header; the first element this program had to understand and does not, if any.
element read_header(argument_reader& in, element header, envelope& out)
{
    element stranger;
    for (element e = header.first(); e; e = e.next()) {
        if (read_header_element(in, e, out)) continue;
        in.deviates(deviation::header_unknown);
        if (!stranger && must_understand(e)) stranger = e;
    }
    if (!out.id) in.deviates(deviation::id_missing);
    return stranger;
}

template <class T>
void read_as(argument_reader& in, element e, message& out)
{
    read(in, e, out.emplace<T>());
}

using read_function = void (*)(argument_reader&, element, message&);

template <std::size_t... I>
constexpr auto make_readers(std::index_sequence<I...>)
{
    return std::array<read_function, sizeof...(I)>{
        read_as<std::variant_alternative_t<I, message>>...};
}

// In the order of method_names.
constexpr auto readers = make_readers(std::make_index_sequence<method_names.size()>());

void read_body(argument_reader& in, const body_child& body, message& out)
{
    if (body.index == readers.size()) {
        out = unknown_method{std::string(body.method.name())};
        return;
    }
    for (element e = body.method.first(); e; e = e.next())
        if (e.has_prefix()) in.deviates(deviation::argument_qualified);
    readers[body.index](in, body.method, out);
}

decoded<envelope> read_envelope(argument_reader& in, element root)
{
    using enum decode_error::kind;
    if (root.name() != "Envelope")
        return refusal(not_soap, root.name(), "the outermost element is not a SOAP Envelope");
    const std::string_view uri = root.namespace_uri();
    if (uri.empty()) in.deviates(deviation::envelope_namespace);
    if (!uri.empty() && uri != soap_1_1)
        return refusal(not_soap, "Envelope", "the Envelope's namespace is not that of SOAP 1.1");
    const element body = root.child("Body");
    if (!body) return refusal(not_soap, "Envelope", "the Envelope has no Body");
    const element method = body.first();
    if (!method) return refusal(not_soap, "Body", "the Body has no element");
    if (method.next()) return refusal(not_soap, "Body", "the Body has more than one element");

    const body_child child = identify(in, root, method);
    envelope out;
    out.ns = child.ns;
    const element stranger = read_header(in, root.child("Header"), out);
    const auto with_context = [&](decode_error e) {
        e.id = out.id;
        e.method = method.name();
        e.ns = out.ns;
        return e;
    };
    if (stranger)
        return with_context(refusal(must_understand, stranger.name(),
                                    "a header element that must be understood is unknown"));
    read_body(in, child, out.message);
    if (in.failed())
        return with_context(refusal(bad_arguments, in.culprit(),
                                    std::string(method.name()) + ": " + in.culprit() + ' ' +
                                        std::string(in.why())));
    return out;
}

} // namespace

void throw_exception_from_error(const decode_error& e, const boost::source_location&)
{
    throw std::runtime_error(e.text);
}

decoded<envelope> decode(std::string_view xml, std::vector<std::string_view>* deviations)
{
    argument_reader in(deviations);
    const std::size_t size = xml.find_last_not_of('\0') + 1;
    if (size != xml.size()) in.deviates(deviation::trailing_zeros);
    xml = xml.substr(0, size);

    xml_tree tree;
    if (const auto error = tree.load(xml)) {
        decode_error e = refusal(decode_error::kind::not_xml, {}, std::string(error->text));
        e.offset = error->offset;
        return e;
    }
    if (tree.guessed_encoding()) in.deviates(deviation::not_utf8);
    return read_envelope(in, tree.root());
}

} // namespace cpestorm::soap
