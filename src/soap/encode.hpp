#pragma once

// Messages to bytes, by appending to a string: no document tree, no allocation but the string's.

#include "soap/envelope.hpp"

#include <string>
#include <string_view>

namespace cpestorm::soap {

// Appends the whole envelope. What is written validates against the official schema of e.ns
// (strictly), provided the message's strings obey its facets. Characters XML 1.0 cannot carry are
// replaced by U+FFFD, so any bytes are safe. Header elements that are empty are left out, and so
// is an empty Header. A fault of code 0 is written as a plain SOAP fault, without CWMP detail.
void encode(std::string& out, const envelope& e);

// Appends `text` with & < > " ' escaped and forbidden characters replaced.
void append_escaped(std::string& out, std::string_view text);

} // namespace cpestorm::soap
