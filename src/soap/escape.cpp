#include "soap/encode.hpp"
#include "soap/utf8.hpp"

#include <array>

namespace cpestorm::soap {
namespace {

// True for the bytes append_escaped() must look at.
constexpr auto special = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c != table.size(); ++c)
        table[c] = c >= 0x80 || !is_xml_char(static_cast<std::uint32_t>(c));
    for (const char c : {'&', '<', '>', '"', '\'', '\r'})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

// Appends what stands for the special character at the front of `s`; returns its length there.
std::size_t append_special(std::string& out, std::string_view s)
{
    switch (s.front()) {
    case '&':
        out += "&amp;";
        return 1;
    case '<':
        out += "&lt;";
        return 1;
    case '>':
        out += "&gt;";
        return 1;
    case '"':
        out += "&quot;";
        return 1;
    case '\'':
        out += "&apos;";
        return 1;
    case '\r':
        out += "&#13;";
        return 1; // a raw one would be read back as a line feed
    default:
        break;
    }
    const std::size_t length = xml_char_length(s);
    if (length == 0) {
        out += "\xEF\xBF\xBD";
        return 1;
    }
    out += s.substr(0, length);
    return length;
}

} // namespace

void append_escaped(std::string& out, std::string_view text)
{
    std::size_t start = 0; // of the run of plain characters not yet appended
    for (std::size_t i = 0; i != text.size();) {
        if (!special[static_cast<unsigned char>(text[i])]) {
            ++i;
            continue;
        }
        out += text.substr(start, i - start);
        i += append_special(out, text.substr(i));
        start = i;
    }
    out += text.substr(start);
}

} // namespace cpestorm::soap
