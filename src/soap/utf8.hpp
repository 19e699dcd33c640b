#pragma once

// The characters XML can carry.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cpestorm::soap {

// Whether XML 1.0 (§2.2 Char) allows the character.
[[nodiscard]] constexpr bool is_xml_char(std::uint32_t c) noexcept
{
    if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c < 0xD800 || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

// The length in bytes, 1..4, of the UTF-8 character that `s` begins with; 0 if there is none,
// if it is not in its shortest form, or if XML does not allow it.
[[nodiscard]] std::size_t xml_char_length(std::string_view s) noexcept;

} // namespace cpestorm::soap
