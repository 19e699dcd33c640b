#include "soap/utf8.hpp"

namespace cpestorm::soap {

std::size_t xml_char_length(std::string_view s) noexcept
{
    if (s.empty()) return 0;
    const auto lead = static_cast<unsigned char>(s.front());
    if (lead < 0x80) return is_xml_char(lead) ? 1 : 0;

    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || s.size() < length) return 0;
    std::uint32_t c = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i != length; ++i) {
        const auto byte = static_cast<unsigned char>(s[i]);
        if ((byte & 0xC0) != 0x80) return 0;
        c = c << 6 | (byte & 0x3Fu);
    }
    constexpr std::uint32_t smallest[]{0, 0, 0x80, 0x800, 0x10000};
    return c >= smallest[length] && is_xml_char(c) ? length : 0;
}

} // namespace cpestorm::soap
