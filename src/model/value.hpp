#pragma once

// The lexical forms of CWMP values (TR-106 §3.2.2; XML Schema part 2).

#include "model/schema.hpp"

#include <string>
#include <string_view>

namespace cpestorm::model {

// True if `text` is a value of the type within the facets. White space around numbers, booleans
// and dates is accepted (XML Schema collapses it); booleans are 0, 1, true, false. Strings are
// UTF-8 without the control characters that XML cannot carry. An empty list is valid.
[[nodiscard]] bool is_valid(value_type type, const facets& f, std::string_view text);

// The form in which a valid value is stored: numbers, booleans and dates without white space,
// booleans as "true"/"false", integers without '+' and leading zeros; strings as they are.
[[nodiscard]] std::string canonical(value_type type, std::string_view text);

// The value a new instance has where the model gives none: "", 0, false, the Unknown Time; within
// the facets where that is possible (the smallest number, the first of the enumeration).
[[nodiscard]] std::string empty_value(value_type type, const facets& f);

} // namespace cpestorm::model
