#include "model/tree_rows.hpp"

namespace cpestorm::model::detail {

const added_instance* find_added(const overlay_rest& r, std::uint32_t id) noexcept
{
    const auto at = std::ranges::lower_bound(r.added, id, {}, &added_instance::id);
    return at != r.added.end() && at->id == id ? &*at : nullptr;
}

std::string path_of(const schema& s, const overlay_rest& r, const added_instance& a)
{
    std::string out;
    const auto table = s.path(a.table);
    if (a.parent == 0) {
        out = table;
    } else {
        const auto* parent = find_added(r, a.parent);
        out = path_of(s, r, *parent);
        out += table.substr(s.path(parent->pattern).size());
    }
    out += std::to_string(a.number);
    out += '.';
    return out;
}

std::vector<added_row> added_rows(const schema& s, const overlay_rest& r, std::string_view prefix)
{
    std::vector<added_row> out;
    for (const auto& a : r.added) {
        const std::string base = path_of(s, r, a);
        if (!base.starts_with(prefix) && !prefix.starts_with(base)) continue;
        const auto skip = s.path(a.pattern).size();
        const auto rows = s.below_template(a.pattern);
        for (row_id row = rows.first; row != rows.last; ++row) {
            const auto below = s.path(row).substr(skip);
            if (below.find("{i}") != below.npos) continue; // of a table inside, which starts empty
            std::string path = base + std::string(below);
            if (path.starts_with(prefix)) out.push_back({std::move(path), node{row, a.id}});
        }
    }
    std::ranges::sort(out, {}, &added_row::path);
    return out;
}

row_id deleted_above(const schema& s, const overlay_rest& r, row_id row) noexcept
{
    // Only the last deleted instance at or before the row can hold it: what is below a path
    // follows it, and an instance below a deleted one is not listed by itself.
    const auto after = std::ranges::upper_bound(r.deleted, row);
    if (after == r.deleted.begin()) return no_row;
    const row_id instance = *(after - 1);
    return s.path(row).starts_with(s.path(instance)) ? instance : no_row;
}

} // namespace cpestorm::model::detail
