#include "model/profile_rows.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "model/path.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cpestorm::model {
namespace {

using base::checked;
using base::json::kind;
using base::json::value;

constexpr std::int64_t max_instances_of_table = 10'000;

constexpr std::array<std::pair<std::string_view, notify_rule>, 4> notify_names{{
    {"normal", notify_rule::normal},
    {"force_enabled", notify_rule::force_enabled},
    {"default_active", notify_rule::default_active},
    {"can_deny", notify_rule::can_deny},
}};

// Sets `out` from the member `key`, if there is one.
checked<void> read_flag(const value& object, std::string_view key, bool& out)
{
    const auto member = object.find(key);
    if (!member) return {};
    const auto read = member->as_bool();
    if (!read) return read.error();
    out = *read;
    return {};
}

template <class Number>
checked<void> read_number(const value& object, std::string_view key, std::int64_t min,
                          std::int64_t max, Number& out)
{
    const auto member = object.find(key);
    if (!member) return {};
    const auto read = member->as_int(min, max);
    if (!read) return read.error();
    if constexpr (std::is_integral_v<Number>)
        out = static_cast<Number>(*read);
    else
        out = static_cast<typename Number::value_type>(*read);
    return {};
}

checked<void> read_facets(const value& object, facets& out)
{
    constexpr std::int64_t lowest = INT64_MIN, highest = INT64_MAX, longest = UINT32_MAX;
    if (auto r = read_number(object, "min", lowest, highest, out.min); !r) return r;
    if (auto r = read_number(object, "max", lowest, highest, out.max); !r) return r;
    if (auto r = read_number(object, "min_length", 0, longest, out.min_length); !r) return r;
    if (auto r = read_number(object, "max_length", 0, longest, out.max_length); !r) return r;
    if (auto r = read_flag(object, "list", out.list); !r) return r;
    const auto items = object.find("enum");
    if (!items) return {};
    if (!items->is(kind::array)) return items->complain("expected an array of strings");
    out.enumeration.clear();
    for (std::size_t i = 0; i != items->size(); ++i) {
        const auto item = items->element(i).as_string();
        if (!item) return item.error();
        out.enumeration.emplace_back(*item);
    }
    return {};
}

// Reads what stands behind a parameter's path over what `row` (from its template) has already.
checked<void> read_parameter(const value& v, row_definition& row)
{
    if (v.is(kind::string)) {
        row.value = *v.as_string();
        return {};
    }
    if (!v.is(kind::object)) return v.complain("expected a value in quotes or an object");
    if (auto keys = v.expect_keys({"type", "value", "writable", "min", "max", "min_length",
                                   "max_length", "enum", "list", "notify", "hidden", "inform"});
        !keys)
        return keys;
    if (const auto type = v.find("type")) {
        const auto name = type->as_string();
        if (!name) return name.error();
        const auto known = base::parse_type_name(*name);
        if (!known)
            return type->complain("expected string, int, unsignedInt, long, unsignedLong, boolean, "
                                  "dateTime, base64, hexBinary or decimal");
        row.type = *known;
    }
    if (const auto text = v.find("value")) {
        const auto read = text->as_string();
        if (!read) return read.error();
        row.value = *read;
    }
    if (const auto notify = v.find("notify")) {
        const auto name = notify->as_string();
        if (!name) return name.error();
        const auto* known = std::ranges::find(notify_names, *name,
                                              &std::pair<std::string_view, notify_rule>::first);
        if (known == notify_names.end())
            return notify->complain("expected normal, force_enabled, default_active or can_deny");
        row.notify = known->second;
    }
    if (auto r = read_flag(v, "writable", row.writable); !r) return r;
    if (auto r = read_flag(v, "hidden", row.hidden); !r) return r;
    if (auto r = read_flag(v, "inform", row.forced_inform); !r) return r;
    return read_facets(v, row.facets);
}

class reader {
public:
    explicit reader(const value& root)
        : root_(root)
    {
    }

    checked<std::vector<row_definition>> run();

private:
    struct table {
        std::uint32_t instances = 0;
        std::set<std::uint32_t> mentioned; // numbers of concrete rows that the file names
    };

    checked<void> read_objects(const value& objects);
    checked<void> read_parameters(const value& parameters);
    checked<void> refuse_stray_override(const value& parameters, std::size_t i) const;
    checked<row_definition*> new_row(const value& map, std::size_t i, row_kind kind);
    void mention(const std::string& path);
    checked<void> expand();
    checked<void> instantiate(const row_definition& pattern, const std::string& path);
    const row_definition* template_of(const std::string& path) const;
    std::vector<std::uint32_t> numbers_in(const std::string& table_path) const;

    const value& root_;
    std::map<std::string, row_definition> rows_;
    std::map<std::string, table> tables_;
};

checked<row_definition*> reader::new_row(const value& map, std::size_t i, row_kind kind)
{
    const std::string path(map.key(i));
    const auto place = map.complain_key(i, "");
    if (const auto fault = path_fault(path); !fault.empty())
        return map.complain_key(i, "\"" + path + "\": " + fault);
    if (path.ends_with('.') != (kind == row_kind::object))
        return map.complain_key(i, kind == row_kind::object
                                       ? "an object's path ends with a dot"
                                       : "a parameter's path does not end with a dot");
    row_definition row;
    if (!is_template(path))
        if (const auto* pattern = template_of(path)) row = *pattern;
    row.path = path;
    row.kind = kind;
    row.line = place.line;
    row.column = place.column;
    auto& kept = rows_[path];
    kept = std::move(row);
    if (!is_template(path)) mention(path);
    return &kept;
}

const row_definition* reader::template_of(const std::string& path) const
{
    const auto pattern = rows_.find(generalized(path));
    return pattern == rows_.end() ? nullptr : &pattern->second;
}

// Remembers the instances a concrete path goes through.
void reader::mention(const std::string& path)
{
    for (auto p = std::string_view(path); !p.empty(); p = parent_path(p))
        if (p.ends_with('.') && is_instance_number(last_component(p)))
            tables_[std::string(parent_path(p))].mentioned.insert(instance_numbers(p).back());
}

checked<void> reader::read_objects(const value& objects)
{
    if (!objects.is(kind::object))
        return objects.complain("expected an object: path to properties");
    // Templates first, so that concrete rows can start from them.
    for (const bool templates : {true, false}) {
        for (std::size_t i = 0; i != objects.size(); ++i) {
            if (is_template(objects.key(i)) != templates) continue;
            const auto v = objects.element(i);
            if (auto keys = v.expect_keys({"writable", "max_instances", "instances"}); !keys)
                return keys;
            auto row = new_row(objects, i, row_kind::object);
            if (!row) return row.error();
            if (auto r = read_flag(v, "writable", (*row)->writable); !r) return r;
            if (auto r = read_number(v, "max_instances", 1, max_instances_of_table,
                                     (*row)->max_instances);
                !r)
                return r;
            if (!v.find("instances")) continue;
            const auto last = last_component((*row)->path);
            if (last == "{i}" || is_instance_number(last))
                return v.find("instances")->complain("belongs to the table, not to its instance");
            if (auto r = read_number(v, "instances", 0, max_instances_of_table,
                                     tables_[(*row)->path].instances);
                !r)
                return r;
        }
    }
    return {};
}

// A bare value for an instance is meant to override its template: a name that is not in the
// template is a typing error.
checked<void> reader::refuse_stray_override(const value& parameters, std::size_t i) const
{
    const std::string path = generalized(parameters.key(i));
    if (!parameters.element(i).is(kind::string) || path == parameters.key(i)) return {};
    const std::string parent(parent_path(path));
    std::vector<std::string_view> siblings;
    for (auto r = rows_.lower_bound(parent); r != rows_.end() && r->first.starts_with(parent); ++r)
        if (parent_path(r->first) == parent) siblings.push_back(last_component(r->first));
    if (siblings.empty() || rows_.contains(path)) return {};
    std::string what = "not in the template \"" + parent + '"';
    if (const auto near = base::closest(last_component(path), siblings))
        what += "; did you mean \"" + std::string(*near) + "\"?";
    return parameters.complain_key(i, std::move(what));
}

checked<void> reader::read_parameters(const value& parameters)
{
    if (!parameters.is(kind::object))
        return parameters.complain("expected an object: path to value or properties");
    for (const bool templates : {true, false}) {
        for (std::size_t i = 0; i != parameters.size(); ++i) {
            if (is_template(parameters.key(i)) != templates) continue;
            if (auto r = refuse_stray_override(parameters, i); !r) return r;
            auto row = new_row(parameters, i, row_kind::parameter);
            if (!row) return row.error();
            if (auto r = read_parameter(parameters.element(i), **row); !r) return r;
        }
    }
    return {};
}

// The instances of a concrete table: 1..instances and those the file mentions.
std::vector<std::uint32_t> reader::numbers_in(const std::string& table_path) const
{
    std::set<std::uint32_t> out;
    const auto add_first = [&out](std::uint32_t n) {
        for (std::uint32_t k = 1; k <= n; ++k)
            out.insert(k);
    };
    const auto own = tables_.find(table_path);
    if (own != tables_.end()) out = own->second.mentioned;
    if (own != tables_.end() && own->second.instances != 0)
        add_first(own->second.instances);
    else if (const auto pattern = tables_.find(generalized(table_path)); pattern != tables_.end())
        add_first(pattern->second.instances);
    return {out.begin(), out.end()};
}

// Makes the concrete rows of a template row; `path` is its path with the first {i} filled in so
// far.
checked<void> reader::instantiate(const row_definition& pattern, const std::string& path)
{
    const auto open = path.find("{i}");
    if (open == path.npos) {
        row_definition row = pattern;
        row.path = path;
        rows_.try_emplace(path, std::move(row)); // a row of the file wins
        if (rows_.size() > base::limits::schema_parameters)
            return root_.complain("\"instances\" make more than " +
                                  std::to_string(base::limits::schema_parameters) +
                                  " parameters and objects");
        return {};
    }
    for (const auto number : numbers_in(path.substr(0, open)))
        if (auto r = instantiate(pattern, path.substr(0, open) + std::to_string(number) +
                                              path.substr(open + 3));
            !r)
            return r;
    return {};
}

checked<void> reader::expand()
{
    std::vector<row_definition> templates;
    for (const auto& [path, row] : rows_)
        if (is_template(path)) templates.push_back(row);
    for (const auto& pattern : templates)
        if (auto r = instantiate(pattern, pattern.path); !r) return r;
    return {};
}

checked<std::vector<row_definition>> reader::run()
{
    const auto parameters = root_.find("parameters");
    if (!parameters) return root_.complain("\"parameters\" is missing");
    if (const auto objects = root_.find("objects"))
        if (auto r = read_objects(*objects); !r) return r.error();
    if (auto r = read_parameters(*parameters); !r) return r.error();
    if (auto r = expand(); !r) return r.error();
    std::vector<row_definition> out;
    out.reserve(rows_.size());
    for (auto& [path, row] : rows_)
        out.push_back(std::move(row));
    return out;
}

} // namespace

checked<std::vector<row_definition>> read_rows(const value& root)
{
    return reader(root).run();
}

} // namespace cpestorm::model
