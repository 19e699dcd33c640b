#pragma once

// Bytes to messages. Tolerant as TR-069 implementations must be: any namespace prefixes, any order
// of arguments, missing optional arguments, comments, CDATA, a byte-order mark, wrong array counts.
// Strings that come out are valid UTF-8: input that declares ISO-8859-1, or that is not UTF-8, is
// converted. A method in a namespace that is not CWMP's is an unknown_method.

#include "base/error.hpp"
#include "soap/envelope.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::soap {

// Why bytes are no envelope this program can act on.
struct decode_error {
    enum class kind : std::uint8_t {
        not_xml,         // malformed, truncated, DOCTYPE, too deep, too many elements
        not_soap,        // no SOAP 1.1 Envelope/Body, or not exactly one body child
        must_understand, // an unknown header element marked mustUnderstand="1"
        bad_arguments,   // known method, but an argument is missing or has the wrong form
    };
    kind what = kind::not_xml;
    std::string element;    // the offending element's local name; empty if unknown
    std::size_t offset = 0; // byte offset into the input, 0 if unknown
    std::string text;       // one sentence for people
    // For bad_arguments and must_understand: what the answer needs.
    std::optional<std::string> id;
    std::string method;
    cwmp_namespace ns = cwmp_namespace::cwmp_1_2;
};

template <class T>
using decoded = boost::system::result<T, decode_error>;

// Lets result::value() compile; throws std::runtime_error(e.text).
[[noreturn]] void throw_exception_from_error(const decode_error& e,
                                             const boost::source_location& at);

// Decodes one envelope. `xml` is not kept. Never throws for any input; memory is bounded by a
// small multiple of xml.size(). Deviations from the schema that were tolerated are appended to
// `deviations` (if not null) as short fixed phrases, each at most once per message, e.g.
// "arrayType count differs".
[[nodiscard]] decoded<envelope> decode(std::string_view xml,
                                       std::vector<std::string_view>* deviations = nullptr);

} // namespace cpestorm::soap
