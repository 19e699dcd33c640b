#include "base/limits.hpp"
#include "model/path.hpp"
#include "model/schema_impl.hpp"
#include "model/value.hpp"

#include <algorithm>
#include <map>
#include <set>

// Definitions -> schema: completes what may be left out, checks, sorts, freezes.

namespace cpestorm::model {

class schema::builder {
public:
    builder(const std::string& name, std::vector<row_definition> rows)
        : name_(name)
        , rows_(std::move(rows))
    {
    }

    base::checked<std::shared_ptr<const schema>> run();

private:
    using checked = base::checked<void>;

    base::diagnostic complain(const row_definition& r, const std::string& what) const
    {
        return {.where = name_, .line = r.line, .column = r.column, .what = r.path + ": " + what};
    }

    checked check_row(const row_definition& r) const;
    checked check_facets(const row_definition& r) const;
    checked check_paths() const;
    static bool before(const row_definition& r, const std::string& path) noexcept;
    void sort();
    void add_parents();
    void add_templates();
    row_definition* row(const std::string& path);
    [[nodiscard]] const row_definition* row(const std::string& path) const;
    checked freeze();
    checked freeze_parameter(const row_definition& r);
    void freeze_objects();
    std::uint32_t index_of(const facets& f);

    const std::string& name_;
    std::vector<row_definition> rows_;
    std::unique_ptr<impl> out_ = std::make_unique<impl>();
    std::map<std::string, std::uint32_t> value_index_;
};

base::checked<void> schema::builder::check_facets(const row_definition& r) const
{
    const auto& f = r.facets;
    const bool number = r.type == value_type::int_ || r.type == value_type::unsigned_int ||
                        r.type == value_type::long_ || r.type == value_type::unsigned_long ||
                        r.type == value_type::decimal;
    const bool text = r.type == value_type::string;
    const bool bytes = r.type == value_type::base64 || r.type == value_type::hex_binary;
    if ((f.min || f.max) && !number) return complain(r, "min and max need a number type");
    if ((f.min_length || f.max_length) && !text && !bytes)
        return complain(r, "min_length and max_length need string, base64 or hexBinary");
    if ((f.list || !f.enumeration.empty()) && !text)
        return complain(r, "list and enum need the type string");
    if (f.min && f.max && *f.min > *f.max) return complain(r, "min is greater than max");
    if (f.min_length && f.max_length && *f.min_length > *f.max_length)
        return complain(r, "min_length is greater than max_length");
    return {};
}

base::checked<void> schema::builder::check_row(const row_definition& r) const
{
    if (const auto fault = path_fault(r.path); !fault.empty())
        return complain(r, "bad path: " + fault);
    const auto root = std::string_view(r.path).substr(0, r.path.find('.') + 1);
    if (root != "Device." && root != "InternetGatewayDevice.")
        return complain(r, "paths start with Device. or InternetGatewayDevice.");
    const auto& first = rows_.front().path;
    if (!std::string_view(first).starts_with(root))
        return complain(r, "another root than " + first.substr(0, first.find('.') + 1));
    if (r.path.ends_with('.') != (r.kind == row_kind::object))
        return complain(r, "an object's path ends with a dot, a parameter's does not");
    return r.kind == row_kind::parameter ? check_facets(r) : checked();
}

// The order of rows: concrete ones first, then by path.
bool schema::builder::before(const row_definition& r, const std::string& path) noexcept
{
    const bool ours = is_template(r.path), theirs = is_template(path);
    return ours != theirs ? theirs : r.path < path;
}

void schema::builder::sort()
{
    // Ties in the order of definition, so that the later one is complained of.
    std::ranges::stable_sort(
        rows_, [](const row_definition& a, const row_definition& b) { return before(a, b.path); });
}

base::checked<void> schema::builder::check_paths() const
{
    for (std::size_t i = 1; i < rows_.size(); ++i)
        if (rows_[i].path == rows_[i - 1].path) return complain(rows_[i], "defined twice");
    if (rows_.size() > base::limits::schema_parameters)
        return complain(rows_.back(), "more than " +
                                          std::to_string(base::limits::schema_parameters) +
                                          " parameters and objects");
    for (const auto& r : rows_)
        if (r.kind == row_kind::parameter && row(r.path + '.') != nullptr)
            return complain(r, "is a parameter and an object");
    return {};
}

row_definition* schema::builder::row(const std::string& path)
{
    return const_cast<row_definition*>(std::as_const(*this).row(path));
}

const row_definition* schema::builder::row(const std::string& path) const
{
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), path, before);
    return at != rows_.end() && at->path == path ? &*at : nullptr;
}

void schema::builder::add_parents()
{
    std::set<std::string, std::less<>> known;
    for (const auto& r : rows_)
        known.insert(r.path);
    std::set<std::string> missing_instances;
    for (std::size_t i = 0, n = rows_.size(); i != n; ++i) {
        for (auto path = parent_path(rows_[i].path); !path.empty(); path = parent_path(path)) {
            if (!known.emplace(path).second) break; // then its parents are known too
            row_definition parent;
            parent.path = path;
            parent.kind = row_kind::object;
            parent.line = rows_[i].line;
            parent.column = rows_[i].column;
            const auto last = last_component(path);
            if (last == "{i}" || is_instance_number(last)) missing_instances.insert(parent.path);
            rows_.push_back(std::move(parent));
            path = std::string_view(rows_.back().path);
        }
    }
    sort();
    for (const auto& path : missing_instances) {
        const auto* pattern = row(generalized(path));
        const bool given = pattern != nullptr && !missing_instances.contains(pattern->path);
        const auto* model = given ? pattern : row(std::string(parent_path(path)));
        row(path)->writable = model->writable;
    }
}

void schema::builder::add_templates()
{
    std::vector<row_definition> added;
    std::set<std::string> known;
    for (const auto& r : rows_)
        if (is_template(r.path)) known.insert(r.path);
    const auto add = [&](row_definition r) {
        if (known.insert(r.path).second) added.push_back(std::move(r));
    };
    for (const auto& table : rows_) {
        const auto last = last_component(table.path);
        if (table.kind != row_kind::object || !table.writable || last == "{i}" ||
            is_instance_number(last))
            continue;
        row_definition instance;
        instance.path = generalized(table.path) + "{i}.";
        instance.kind = row_kind::object;
        instance.writable = true;
        if (known.contains(instance.path)) continue;
        add(std::move(instance));
        // What is below a path follows it: first the instance, then its contents.
        const auto* first = &table + 1;
        const auto* end = rows_.data() + rows_.size();
        if (first == end || !first->path.starts_with(table.path)) continue;
        for (auto r = first + 1; r != end && r->path.starts_with(first->path); ++r) {
            row_definition copy = *r;
            copy.path = generalized(r->path);
            copy.value = value_template::escape(empty_value(r->type, r->facets));
            copy.forced_inform = false;
            add(std::move(copy));
        }
    }
    std::ranges::move(added, std::back_inserter(rows_));
    sort();
}

namespace {

std::string describe(const row_definition& r)
{
    const auto& f = r.facets;
    std::string out(base::type_name(r.type));
    if (f.list) out = "list of strings";
    if (f.min) out += ", at least " + std::to_string(*f.min);
    if (f.max) out += ", at most " + std::to_string(*f.max);
    if (f.min_length) out += ", length at least " + std::to_string(*f.min_length);
    if (f.max_length) out += ", length at most " + std::to_string(*f.max_length);
    for (std::size_t i = 0; i != f.enumeration.size(); ++i)
        out += (i == 0 ? ", one of " : ", ") + f.enumeration[i];
    return out;
}

} // namespace

base::checked<void> schema::builder::freeze_parameter(const row_definition& r)
{
    auto value = value_template::compile(r.value);
    if (!value) return complain(r, "value: " + value.error().what);
    std::string key = r.value;
    if (value->uses_instances() && !is_template(r.path)) {
        value = value->for_instances(instance_numbers(r.path));
        key = "\x01" + r.path; // no text of another row
    }
    if (value->is_constant()) {
        const auto text = value->constant();
        if (!is_valid(r.type, r.facets, text))
            return complain(r, "the value '" + std::string(text) + "' is no " + describe(r));
        const auto stored = canonical(r.type, text);
        key = "\x02" + stored;
        value = value_template::literal(stored);
    }
    const auto [at, is_new] =
        value_index_.try_emplace(std::move(key), static_cast<std::uint32_t>(out_->values.size()));
    if (is_new) out_->values.push_back(std::move(*value));
    out_->detail.push_back(at->second);
    return {};
}

std::uint32_t schema::builder::index_of(const model::facets& f)
{
    // The latest are the likeliest: neighbours share their facets, and most have none.
    if (f == model::facets{}) return 0;
    const auto& all = out_->facet_sets;
    for (std::size_t i = all.size(), end = i > 64 ? i - 64 : 1; i-- > end;)
        if (all[i] == f) return static_cast<std::uint32_t>(i);
    out_->facet_sets.push_back(f);
    return static_cast<std::uint32_t>(all.size() - 1);
}

// Finds each table's template, instances and counter. The columns are complete.
void schema::builder::freeze_objects()
{
    auto& o = *out_;
    const auto rows = static_cast<row_id>(rows_.size());
    const auto find = [&](const std::string& path) {
        return is_template(path) ? o.find(o.concrete, rows, path) : o.find(0, o.concrete, path);
    };
    std::map<row_id, std::vector<row_id>> instances;
    for (row_id r = 0; r != o.concrete; ++r)
        if (rows_[r].kind == row_kind::object && is_instance_number(last_component(rows_[r].path)))
            instances[find(std::string(parent_path(rows_[r].path)))].push_back(r);
    for (row_id r = 0; r != rows; ++r) {
        if (rows_[r].kind != row_kind::object) continue;
        impl::table t;
        t.instance_template = find(generalized(rows_[r].path) + "{i}.");
        t.max_instances = rows_[r].max_instances;
        t.first = static_cast<std::uint32_t>(o.instance_rows.size());
        if (const auto own = instances.find(r); own != instances.end()) {
            std::ranges::sort(own->second, {},
                              [this](row_id i) { return instance_numbers(rows_[i].path).back(); });
            t.count = static_cast<std::uint32_t>(own->second.size());
            o.instance_rows.insert(o.instance_rows.end(), own->second.begin(), own->second.end());
        }
        if (t.instance_template == no_row && t.count == 0) continue;
        o.detail[r] = static_cast<std::uint32_t>(o.tables.size());
        o.tables.push_back(t);
    }
    constexpr std::string_view suffix = "NumberOfEntries";
    for (row_id r = 0; r != rows; ++r) {
        const auto& path = rows_[r].path;
        if (rows_[r].kind != row_kind::parameter || !path.ends_with(suffix)) continue;
        const auto table = find(path.substr(0, path.size() - suffix.size()) + '.');
        if (table != no_row && o.detail[table] != no_row) o.counters.emplace_back(r, table);
    }
}

base::checked<void> schema::builder::freeze()
{
    auto& o = *out_;
    o.facet_sets.emplace_back();
    for (row_id i = 0; i != rows_.size(); ++i) {
        const auto& r = rows_[i];
        o.path_start.push_back(static_cast<std::uint32_t>(o.pool.size()));
        o.pool += r.path;
        o.row_flags.push_back({r.kind, r.writable, r.hidden, r.notify, r.type});
        o.facet_index.push_back(index_of(r.facets));
        const bool concrete = !is_template(r.path);
        if (concrete) o.concrete = i + 1;
        if (r.kind == row_kind::object) {
            o.detail.push_back(no_row);
            continue;
        }
        if (auto done = freeze_parameter(r); !done) return done;
        if (!concrete) continue;
        ++o.parameters;
        if (r.forced_inform) o.forced.push_back(i);
    }
    o.path_start.push_back(static_cast<std::uint32_t>(o.pool.size()));
    o.pool.shrink_to_fit();
    freeze_objects();
    return {};
}

base::checked<std::shared_ptr<const schema>> schema::builder::run()
{
    if (rows_.empty()) return base::diagnostic{.where = name_, .what = "no parameters"};
    for (const auto& r : rows_)
        if (auto fine = check_row(r); !fine) return fine.error();
    sort();
    add_parents();
    if (auto fine = check_paths(); !fine) return fine.error();
    add_templates();
    if (auto fine = check_paths(); !fine) return fine.error();
    if (auto done = freeze(); !done) return done.error();
    return std::shared_ptr<const schema>(new schema(std::move(out_)));
}

base::checked<std::shared_ptr<const schema>> schema::build(const std::string& name,
                                                           std::vector<row_definition> rows)
{
    return builder(name, std::move(rows)).run();
}

} // namespace cpestorm::model
