#pragma once

// What an overlay's block holds: private to overlay.cpp and the tree. Changed values of concrete
// rows, by far the commonest change, lie in the block itself; the rest is allocated when needed.

#include "model/overlay.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::model::detail {

// An instance made by AddObject. Its parameters are the rows of its template.
struct added_instance {
    std::uint32_t id = 0;     // of this instance, from 1, never used again
    std::uint32_t parent = 0; // id of the added instance its table is in; 0: a concrete table
    row_id table = no_row;    // the table's row, a template row if parent is not 0
    row_id pattern = no_row;  // the template row of the instance, "X.{i}."
    std::uint32_t number = 0; // its instance number
};

// A parameter: a row, of the concrete tree or of an added instance.
struct place {
    std::uint32_t instance = 0;
    row_id row = no_row;
    auto operator<=>(const place&) const = default;
};

struct changed_attributes {
    place where;
    std::optional<std::uint8_t> notification;
    std::optional<std::vector<std::string>> access_list;
};

struct added_value {
    place where;
    std::string text;
};

// The highest instance number a table ever had, if AddObject was used on it.
struct last_number {
    place table;
    std::uint32_t number = 0;
};

struct overlay_rest {
    std::uint32_t last_id = 0;
    std::vector<added_instance> added;          // by id
    std::vector<row_id> deleted;                // rows of deleted concrete instances, sorted
    std::vector<changed_attributes> attributes; // sorted by place
    std::vector<added_value> values;            // of added instances, sorted by place
    std::vector<last_number> numbers;           // sorted by table

    [[nodiscard]] bool empty() const noexcept
    {
        return added.empty() && deleted.empty() && attributes.empty() && values.empty() &&
               numbers.empty();
    }
    [[nodiscard]] std::size_t bytes() const noexcept;
};

// The block: this header, `count` entries sorted by row, then the text of all values.
struct overlay_block {
    struct entry {
        row_id row;
        std::uint32_t end; // of its text; it starts where the entry before ends
    };

    overlay_rest* rest;
    std::uint32_t count;
    std::uint32_t text_bytes;

    [[nodiscard]] entry* entries() noexcept { return reinterpret_cast<entry*>(this + 1); }
    [[nodiscard]] std::span<const entry> all() const noexcept
    {
        return {reinterpret_cast<const entry*>(this + 1), count};
    }
    [[nodiscard]] char* text() noexcept { return reinterpret_cast<char*>(entries() + count); }
    [[nodiscard]] std::string_view text_of(std::size_t i) const noexcept;
    // The index of the first entry whose row is not below `row`.
    [[nodiscard]] std::size_t lower_bound(row_id row) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept
    {
        return sizeof(overlay_block) + count * sizeof(entry) + text_bytes;
    }
};

using block_ptr = std::unique_ptr<overlay_block, overlay_delete>;

// The changed value of a concrete row; empty if it has none.
[[nodiscard]] std::optional<std::string_view> changed_value(const overlay_block* b,
                                                            row_id row) noexcept;
// Replaces the values of rows [first, last) by `text` for row `first`, or by nothing. Drops the
// block when nothing is left.
void replace_values(block_ptr& b, row_id first, row_id last, std::optional<std::string_view> text);
// The rest, made if there is none; and dropped if it is empty.
[[nodiscard]] overlay_rest& rest_of(block_ptr& b);
void drop_empty_rest(block_ptr& b) noexcept;

} // namespace cpestorm::model::detail
