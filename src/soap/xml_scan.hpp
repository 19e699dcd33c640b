#pragma once

// What must hold before the parser sees a document, because the parser does not check it.

#include "soap/xml.hpp"

#include <optional>
#include <string_view>

namespace cpestorm::soap {

enum class xml_bytes { utf8, other };

// Fails at the first control character XML does not allow (U+0000 among them); otherwise tells
// whether the bytes are UTF-8. 16- and 32-bit encodings fail.
[[nodiscard]] std::optional<xml_error> check_bytes(std::string_view xml, xml_bytes& found) noexcept;

// Checks the nesting without building anything: one outermost element, nothing but comments,
// instructions and white space around it, everything closed; no DOCTYPE; no more depth and
// elements than base/limits.hpp allows; no reference to a character that XML does not allow.
// Attributes and names are left to the parser.
[[nodiscard]] std::optional<xml_error> check_structure(std::string_view xml) noexcept;

} // namespace cpestorm::soap
