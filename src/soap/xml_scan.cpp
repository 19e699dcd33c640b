#include "soap/xml_scan.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "soap/utf8.hpp"

#include <charconv>

namespace cpestorm::soap {
namespace {

constexpr auto npos = std::string_view::npos;

// Whether every numeric character reference in `s` means a character that XML allows. The parser
// would write a terminating zero or broken UTF-8 for the others.
bool references_are_characters(std::string_view s) noexcept
{
    for (std::size_t at = s.find("&#"); at != npos; at = s.find("&#", at + 2)) {
        const bool hex = s.substr(at + 2).starts_with('x');
        const char* const first = s.data() + at + (hex ? 3 : 2);
        const char* const last = s.data() + s.size();
        std::uint32_t c = 0;
        const auto [end, failure] = std::from_chars(first, last, c, hex ? 16 : 10);
        if (end == first || (end != last && *end != ';')) continue; // plain text to the parser
        if (failure != std::errc() || !is_xml_char(c)) return false;
    }
    return true;
}

// The length of the tag at the front of `s`, its '>' included; 0 if it does not end.
std::size_t tag_length(std::string_view s) noexcept
{
    char quote = 0; // the one that is open
    for (std::size_t at = 0; at != s.size(); ++at) {
        const char c = s[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '>') {
            return at + 1;
        } else if (c == '"' || c == '\'') {
            quote = c;
        }
    }
    return 0;
}

// The length of the comment, CDATA section or instruction at the front of `s`, 0 if it is
// something else, npos if it does not end.
std::size_t opaque_length(std::string_view s) noexcept
{
    struct form {
        std::string_view begin, end;
    };
    constexpr form forms[]{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    for (const form& f : forms) {
        if (!s.starts_with(f.begin)) continue;
        const std::size_t end = s.find(f.end, f.begin.size());
        return end == npos ? npos : end + f.end.size();
    }
    return 0;
}

} // namespace

std::optional<xml_error> check_bytes(std::string_view xml, xml_bytes& found) noexcept
{
    found = xml_bytes::utf8;
    for (std::size_t i = 0; i != xml.size();) {
        const auto byte = static_cast<unsigned char>(xml[i]);
        if (byte < 0x80) {
            if (!is_xml_char(byte)) return xml_error{i, "a control character"};
            ++i;
        } else if (const std::size_t length = xml_char_length(xml.substr(i)); length != 0) {
            i += length;
        } else {
            found = xml_bytes::other;
            ++i;
        }
    }
    return std::nullopt;
}

std::optional<xml_error> check_structure(std::string_view xml) noexcept
{
    std::size_t depth = 0;
    std::size_t elements = 0;
    std::size_t at = 0;
    while (at != xml.size()) {
        const std::size_t tag = std::min(xml.find('<', at), xml.size());
        const std::string_view text = xml.substr(at, tag - at);
        if (depth == 0 && !base::trim(text).empty())
            return xml_error{at, "text outside the outermost element"};
        if (!references_are_characters(text)) return xml_error{at, "a reference to no character"};
        at = tag;
        if (at == xml.size()) break;

        const std::string_view rest = xml.substr(at);
        if (const std::size_t length = opaque_length(rest); length != 0) {
            if (length == npos) return xml_error{at, "an unfinished comment, CDATA or instruction"};
            if (depth == 0 && rest[1] == '!' && rest[2] == '[')
                return xml_error{at, "text outside the outermost element"};
            at += length;
            continue;
        }
        if (rest.starts_with("<!")) return xml_error{at, "DOCTYPE is not allowed"};
        const std::size_t length = tag_length(rest);
        if (length == 0) return xml_error{at, "an unfinished tag"};
        const std::string_view whole = rest.substr(0, length);
        if (!references_are_characters(whole)) return xml_error{at, "a reference to no character"};
        if (whole[1] == '/') {
            if (depth == 0) return xml_error{at, "an end tag without a start tag"};
            --depth;
        } else {
            if (depth == 0 && elements != 0) return xml_error{at, "a second outermost element"};
            if (++elements > base::limits::xml_elements) return xml_error{at, "too many elements"};
            if (depth == base::limits::xml_depth) return xml_error{at, "elements nested too deep"};
            if (whole[length - 2] != '/') ++depth;
        }
        at += length;
    }
    if (elements == 0) return xml_error{at, "no element"};
    if (depth != 0) return xml_error{at, "the document ends inside an element"};
    return std::nullopt;
}

} // namespace cpestorm::soap
