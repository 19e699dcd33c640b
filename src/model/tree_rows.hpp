#pragma once

// How a tree finds its rows, the added and without the deleted ones: private to tree*.cpp.

#include "model/overlay_block.hpp"
#include "model/tree.hpp"

#include <algorithm>

namespace cpestorm::model {
namespace detail {

// A row of an added instance, with its path.
struct added_row {
    std::string path;
    node n;
};

[[nodiscard]] const added_instance* find_added(const overlay_rest& r, std::uint32_t id) noexcept;
// "Device.NAT.PortMapping.5." with the dot.
[[nodiscard]] std::string path_of(const schema& s, const overlay_rest& r, const added_instance& a);
// All rows of added instances whose path starts with `prefix`, sorted by path.
[[nodiscard]] std::vector<added_row> added_rows(const schema& s, const overlay_rest& r,
                                                std::string_view prefix);
// The deleted concrete instance that `row` is in, as its row; no_row if it is in none.
[[nodiscard]] row_id deleted_above(const schema& s, const overlay_rest& r, row_id row) noexcept;

} // namespace detail

template <class Visitor>
void tree::for_each_row(std::string_view prefix, Visitor&& visit) const
{
    const auto range = schema_.below(prefix);
    const auto* r = rest();
    if (r == nullptr || (r->added.empty() && r->deleted.empty())) {
        for (row_id row = range.first; row != range.last; ++row)
            visit(node{row, 0}, schema_.path(row));
        return;
    }
    const auto added = detail::added_rows(schema_, *r, prefix);
    auto next = added.begin();
    for (row_id row = range.first; row < range.last;) {
        if (detail::deleted_above(schema_, *r, row) != no_row) {
            ++row;
            continue;
        }
        const auto path = schema_.path(row);
        for (; next != added.end() && next->path < path; ++next)
            visit(next->n, next->path);
        visit(node{row, 0}, path);
        ++row;
    }
    for (; next != added.end(); ++next)
        visit(next->n, next->path);
}

} // namespace cpestorm::model
