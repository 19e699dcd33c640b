#pragma once

// What a JSON document is inside: private to json.cpp and json_value.cpp.

#include "base/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::base::json {

// One value. A scalar's text is the slice [text, text + size) of `strings` (strings, unescaped) or
// of the document (numbers); a container's children are slice [text, text + size) of `members`.
struct node {
    kind type = kind::null;
    bool truth = false;
    std::uint32_t where = 0; // byte offset of its first character in the document
    std::uint32_t text = 0;
    std::uint32_t size = 0;
};

struct member {
    std::uint32_t node = 0;
    std::uint32_t key = 0, key_size = 0; // slice of `strings`; unused in arrays
    std::uint32_t key_where = 0;         // byte offset of the key's quote
};

// A parsed document: nodes in the order of their first characters, so node 0 is the root.
struct tree {
    std::string name;
    std::string json;    // with room for the padding simdjson wants
    std::string strings; // all keys and string values, unescaped, one after the other
    std::vector<node> nodes;
    std::vector<member> members;
    std::vector<std::uint32_t> line_starts; // byte offset of each line

    std::string_view text() const noexcept { return json; }

    std::string_view key(const member& m) const noexcept
    {
        return std::string_view(strings).substr(m.key, m.key_size);
    }

    // A diagnostic at a byte of the document.
    diagnostic complain(std::size_t offset, std::string what) const;
};

} // namespace cpestorm::base::json
