#include "base/limits.hpp"
#include "model/path.hpp"
#include "model/tree.hpp"
#include "model/tree_rows.hpp"
#include "model/value.hpp"

#include <limits>

// Writing a tree: values, attributes, instances.

namespace cpestorm::model {
namespace limits = base::limits;

tree_result<void> tree::validate(node n, std::string_view text,
                                 std::optional<value_type> given) const
{
    if (!writable(n)) return tree_errc::non_writable_parameter;
    if (given && *given != type(n) && *given != value_type::string)
        return tree_errc::invalid_parameter_type;
    if (!is_valid(type(n), schema_.facets_of(n.row), text))
        return tree_errc::invalid_parameter_value;
    return {};
}

tree_result<void> tree::set(node n, std::string_view text)
{
    const std::string value = canonical(type(n), text);
    std::string standard;
    append_default(n, standard);
    const bool is_default = value == standard;
    if (!is_default && overlay_.bytes() + value.size() > limits::device_overlay_bytes)
        return tree_errc::resources_exceeded;
    if (n.instance == 0) {
        if (changed(n) != value || is_default)
            detail::replace_values(overlay_.block_, n.row, n.row + 1,
                                   is_default ? std::nullopt
                                              : std::optional<std::string_view>(value));
        return {};
    }
    auto& values = overlay_.block_->rest->values;
    const detail::place where{n.instance, n.row};
    const auto at = std::ranges::lower_bound(values, where, {}, &detail::added_value::where);
    const bool there = at != values.end() && at->where == where;
    if (is_default) {
        if (there) values.erase(at);
    } else if (there) {
        at->text = value;
    } else {
        values.insert(at, {where, value});
    }
    return {};
}

namespace {

// The entry of a parameter's attributes, made if there is none.
detail::changed_attributes& entry_of(detail::overlay_rest& r, node n)
{
    const detail::place where{n.instance, n.row};
    auto at = std::ranges::lower_bound(r.attributes, where, {}, &detail::changed_attributes::where);
    if (at == r.attributes.end() || at->where != where)
        at = r.attributes.insert(at, {where, std::nullopt, std::nullopt});
    return *at;
}

void drop_empty_attributes(detail::overlay_rest& r)
{
    std::erase_if(r.attributes, [](const auto& a) { return !a.notification && !a.access_list; });
}

} // namespace

tree_result<void> tree::set_notification(node n, unsigned notification)
{
    const auto rule = notify(n);
    const bool active = notification == 2 || notification >= 5; // 5 and 6: active lightweight
    if (notification > 6 || (rule == notify_rule::can_deny && active) ||
        (rule == notify_rule::force_enabled && notification != 2))
        return tree_errc::notification_rejected;
    if (overlay_.bytes() > limits::device_overlay_bytes) return tree_errc::resources_exceeded;
    auto& r = detail::rest_of(overlay_.block_);
    const unsigned standard =
        rule == notify_rule::force_enabled || rule == notify_rule::default_active ? 2 : 0;
    if (notification == standard)
        entry_of(r, n).notification.reset();
    else
        entry_of(r, n).notification = static_cast<std::uint8_t>(notification);
    drop_empty_attributes(r);
    detail::drop_empty_rest(overlay_.block_);
    return {};
}

tree_result<void> tree::set_access_list(node n, std::vector<std::string> list)
{
    std::size_t bytes = overlay_.bytes();
    for (const auto& s : list)
        bytes += sizeof(s) + s.size();
    if (bytes > limits::device_overlay_bytes) return tree_errc::resources_exceeded;
    auto& r = detail::rest_of(overlay_.block_);
    if (list.size() == 1 && list.front() == "Subscriber") // everyone, as if never set
        entry_of(r, n).access_list.reset();
    else
        entry_of(r, n).access_list = std::move(list);
    drop_empty_attributes(r);
    detail::drop_empty_rest(overlay_.block_);
    return {};
}

// The highest number an instance of the table has or had.
std::uint32_t tree::highest_number(node table) const noexcept
{
    std::uint32_t highest = 0;
    if (table.instance == 0)
        if (const auto all = schema_.instances(table.row); !all.empty())
            highest = instance_numbers(schema_.path(all.back())).back(); // sorted by number
    if (const auto* r = rest()) {
        const detail::place where{table.instance, table.row};
        const auto at =
            std::ranges::lower_bound(r->numbers, where, {}, &detail::last_number::table);
        if (at != r->numbers.end() && at->table == where) highest = std::max(highest, at->number);
    }
    return highest;
}

tree_result<std::uint32_t> tree::add_object(std::string_view name)
{
    const auto table = resolve(name);
    if (!table || !schema_.is_table(table->row) || !writable(*table))
        return tree_errc::invalid_parameter_name;
    const auto pattern = schema_.instance_template(table->row);
    if (pattern == no_row) return tree_errc::invalid_parameter_name;

    const auto limit = schema_.max_instances(table->row);
    const auto last = highest_number(*table);
    const auto* before = rest();
    if ((limit != 0 && count_instances(*table) >= limit) ||
        (before != nullptr && before->added.size() >= limits::device_instances_added) ||
        last == std::numeric_limits<std::uint32_t>::max() ||
        overlay_.bytes() > limits::device_overlay_bytes)
        return tree_errc::resources_exceeded;

    auto& r = detail::rest_of(overlay_.block_);
    const detail::place where{table->instance, table->row};
    auto at = std::ranges::lower_bound(r.numbers, where, {}, &detail::last_number::table);
    if (at == r.numbers.end() || at->table != where) at = r.numbers.insert(at, {where, 0});
    at->number = last + 1;
    r.added.push_back({++r.last_id, table->instance, table->row, pattern, last + 1});
    return last + 1;
}

// Removes an added instance and all that is in it.
void tree::delete_added(std::uint32_t id)
{
    auto& r = *overlay_.block_->rest;
    std::vector<std::uint32_t> gone{id};
    for (std::size_t i = 0; i != gone.size(); ++i) // an instance has a greater id than its parent
        for (const auto& a : r.added)
            if (a.parent == gone[i]) gone.push_back(a.id);
    const auto in = [&](std::uint32_t instance) {
        return std::find(gone.begin(), gone.end(), instance) != gone.end();
    };
    std::erase_if(r.added, [&](const auto& a) { return in(a.id); });
    std::erase_if(r.values, [&](const auto& v) { return in(v.where.instance); });
    std::erase_if(r.attributes, [&](const auto& a) { return in(a.where.instance); });
    std::erase_if(r.numbers, [&](const auto& n) { return in(n.table.instance); });
}

// Marks a concrete instance as deleted and drops all changes below it.
void tree::delete_concrete(row_id instance)
{
    const auto range = schema_.below(schema_.path(instance));
    const auto inside = [&](std::uint32_t id, row_id row) {
        return id == 0 && row >= range.first && row < range.last;
    };
    auto& r = detail::rest_of(overlay_.block_);
    std::vector<std::uint32_t> added_below;
    for (const auto& a : r.added)
        if (inside(a.parent, a.table)) added_below.push_back(a.id);
    for (const auto id : added_below)
        delete_added(id);
    std::erase_if(r.attributes,
                  [&](const auto& a) { return inside(a.where.instance, a.where.row); });
    std::erase_if(r.numbers, [&](const auto& n) { return inside(n.table.instance, n.table.row); });
    std::erase_if(r.deleted, [&](row_id row) { return inside(0, row); });
    r.deleted.insert(std::ranges::lower_bound(r.deleted, instance), instance);
    detail::replace_values(overlay_.block_, range.first, range.last, std::nullopt);
}

tree_result<void> tree::delete_object(std::string_view name)
{
    const auto n = resolve(name);
    const auto last = last_component(name);
    if (!n || !name.ends_with('.') || !is_instance_number(last))
        return tree_errc::invalid_parameter_name;
    if (!writable(*n)) return tree_errc::non_writable_parameter;
    if (n->instance != 0)
        delete_added(n->instance);
    else
        delete_concrete(n->row);
    detail::drop_empty_rest(overlay_.block_);
    return {};
}

} // namespace cpestorm::model
