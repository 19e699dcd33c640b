#include "model/tree.hpp"

#include "model/path.hpp"
#include "model/tree_rows.hpp"

#include <stdexcept>

// Reading a tree; tree_change.cpp writes it.

namespace cpestorm::model {

void throw_exception_from_error(tree_errc e, const boost::source_location&)
{
    throw std::runtime_error("CPE fault " + std::to_string(static_cast<unsigned>(e)));
}

const detail::overlay_rest* tree::rest() const noexcept
{
    return overlay_.block_ ? overlay_.block_->rest : nullptr;
}

// The row with this path, parameter or object; of concrete rows or of an added instance.
std::optional<node> tree::resolve(std::string_view wanted) const
{
    const auto* r = rest();
    if (const auto row = schema_.find(wanted); row != no_row) {
        if (r != nullptr && detail::deleted_above(schema_, *r, row) != no_row) return std::nullopt;
        return node{row, 0};
    }
    if (r == nullptr) return std::nullopt;
    for (const auto& a : r->added) {
        const std::string base = detail::path_of(schema_, *r, a);
        if (!wanted.starts_with(base)) continue;
        std::string pattern(schema_.path(a.pattern));
        pattern += wanted.substr(base.size());
        const bool literal = pattern.find("{i}", schema_.path(a.pattern).size()) == pattern.npos;
        const auto row = literal ? schema_.find_template(pattern) : no_row;
        if (row != no_row) return node{row, a.id};
    }
    return std::nullopt;
}

std::optional<node> tree::find_parameter(std::string_view name) const
{
    const auto n = resolve(name);
    return n && schema_.kind(n->row) == row_kind::parameter ? n : std::nullopt;
}

bool tree::has_object(std::string_view wanted) const
{
    return wanted.empty() || (wanted.ends_with('.') && resolve(wanted).has_value());
}

bool tree::for_each_parameter(std::string_view partial_path, const visitor& visit) const
{
    if (!has_object(partial_path)) return false;
    for_each_row(partial_path, [&](node n, std::string_view name) {
        if (schema_.kind(n.row) == row_kind::parameter) visit(n, name);
    });
    return true;
}

bool tree::for_each_name(std::string_view wanted, bool next_level, const name_visitor& visit) const
{
    if (wanted.empty() && next_level) {
        visit(schema_.root(), schema_.writable(0));
        return true;
    }
    if (const auto parameter = find_parameter(wanted)) {
        if (!next_level) visit(wanted, writable(*parameter));
        return true;
    }
    if (!has_object(wanted)) return false;
    for_each_row(wanted, [&](node n, std::string_view name) {
        if (next_level) {
            const auto below = name.substr(wanted.size());
            if (below.empty() || below.find('.') < below.size() - 1) return;
        }
        visit(name, writable(n));
    });
    return true;
}

std::string tree::path(node n) const
{
    const auto name = schema_.path(n.row);
    if (n.instance == 0) return std::string(name);
    const auto* a = detail::find_added(*rest(), n.instance);
    std::string out = detail::path_of(schema_, *rest(), *a);
    out += name.substr(schema_.path(a->pattern).size());
    return out;
}

// The instance numbers of a parameter's path, first to last.
std::vector<std::uint32_t> tree::numbers_of(node n) const
{
    return instance_numbers(path(n));
}

std::optional<std::string_view> tree::changed(node n) const noexcept
{
    if (n.instance == 0) return detail::changed_value(overlay_.block_.get(), n.row);
    const auto& values = rest()->values;
    const detail::place wanted{n.instance, n.row};
    const auto at = std::ranges::lower_bound(values, wanted, {}, &detail::added_value::where);
    if (at == values.end() || at->where != wanted) return std::nullopt;
    return at->text;
}

void tree::append_default(node n, std::string& out) const
{
    const auto& value = schema_.value(n.row);
    if (n.instance != 0 && value.uses_instances())
        value.append(out, source_, numbers_of(n));
    else
        value.append(out, source_);
}

std::uint32_t tree::count_instances(node table) const noexcept
{
    std::uint32_t count = 0;
    const auto* r = rest();
    if (table.instance == 0)
        for (row_id instance : schema_.instances(table.row))
            if (r == nullptr || detail::deleted_above(schema_, *r, instance) == no_row) ++count;
    if (r != nullptr)
        for (const auto& a : r->added)
            if (a.parent == table.instance && a.table == table.row) ++count;
    return count;
}

void tree::get(node n, std::string& out, bool reveal) const
{
    if (schema_.hidden(n.row) && !reveal) return;
    if (const auto table = schema_.counted_table(n.row); table != no_row)
        out += std::to_string(count_instances({table, n.instance}));
    else if (const auto value = changed(n))
        out += *value;
    else
        append_default(n, out);
}

std::string tree::get(node n, bool reveal) const
{
    std::string out;
    get(n, out, reveal);
    return out;
}

std::optional<std::string> tree::value_of(std::string_view name, bool reveal) const
{
    const auto n = find_parameter(name);
    if (!n) return std::nullopt;
    return get(*n, reveal);
}

attributes tree::get_attributes(node n) const
{
    attributes out;
    const auto rule = notify(n);
    const bool active = rule == notify_rule::force_enabled || rule == notify_rule::default_active;
    out.notification = active ? 2 : 0;
    out.access_list = {"Subscriber"};
    if (const auto* r = rest()) {
        const detail::place wanted{n.instance, n.row};
        const auto at =
            std::ranges::lower_bound(r->attributes, wanted, {}, &detail::changed_attributes::where);
        if (at != r->attributes.end() && at->where == wanted) {
            if (at->notification) out.notification = *at->notification;
            if (at->access_list) out.access_list = *at->access_list;
        }
    }
    return out;
}

} // namespace cpestorm::model
