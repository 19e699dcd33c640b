#include "model/schema.hpp"

#include "model/schema_impl.hpp"

#include <algorithm>
#include <cassert>

namespace cpestorm::model {

row_id schema::impl::lower_bound(row_id first, row_id last, std::string_view wanted) const noexcept
{
    while (first < last) {
        const row_id middle = first + (last - first) / 2;
        if (path(middle) < wanted)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

schema::range schema::impl::starting_with(row_id first, row_id last,
                                          std::string_view prefix) const noexcept
{
    const row_id begin = lower_bound(first, last, prefix);
    row_id low = begin, high = last;
    while (low < high) { // rows with the prefix come before all that are greater
        const row_id middle = low + (high - low) / 2;
        if (path(middle).starts_with(prefix))
            low = middle + 1;
        else
            high = middle;
    }
    return {begin, low};
}

row_id schema::impl::find(row_id first, row_id last, std::string_view wanted) const noexcept
{
    const row_id r = lower_bound(first, last, wanted);
    return r != last && path(r) == wanted ? r : no_row;
}

schema::schema(std::unique_ptr<impl> p) noexcept
    : impl_(std::move(p))
{
}

schema::~schema() = default;

std::string_view schema::root() const noexcept
{
    return impl_->path(0); // byte order puts the root object before all that is below it
}

row_id schema::concrete_count() const noexcept
{
    return impl_->concrete;
}

row_id schema::row_count() const noexcept
{
    return static_cast<row_id>(impl_->row_flags.size());
}

std::size_t schema::parameter_count() const noexcept
{
    return impl_->parameters;
}

row_id schema::find(std::string_view wanted) const noexcept
{
    return impl_->find(0, impl_->concrete, wanted);
}

row_id schema::find_template(std::string_view wanted) const noexcept
{
    return impl_->find(impl_->concrete, row_count(), wanted);
}

schema::range schema::below(std::string_view prefix) const noexcept
{
    return impl_->starting_with(0, impl_->concrete, prefix);
}

schema::range schema::below_template(row_id instance) const noexcept
{
    assert(instance >= impl_->concrete);
    return impl_->starting_with(instance, row_count(), path(instance));
}

std::string_view schema::path(row_id r) const noexcept
{
    return impl_->path(r);
}

row_kind schema::kind(row_id r) const noexcept
{
    return impl_->row_flags[r].kind;
}

bool schema::writable(row_id r) const noexcept
{
    return impl_->row_flags[r].writable;
}

value_type schema::type(row_id r) const noexcept
{
    return impl_->row_flags[r].type;
}

bool schema::hidden(row_id r) const noexcept
{
    return impl_->row_flags[r].hidden;
}

notify_rule schema::notify(row_id r) const noexcept
{
    return impl_->row_flags[r].notify;
}

const facets& schema::facets_of(row_id r) const noexcept
{
    return impl_->facet_sets[impl_->facet_index[r]];
}

const value_template& schema::value(row_id r) const noexcept
{
    assert(kind(r) == row_kind::parameter);
    return impl_->values[impl_->detail[r]];
}

row_id schema::counted_table(row_id r) const noexcept
{
    const auto& all = impl_->counters;
    const auto at = std::ranges::lower_bound(all, r, {}, &std::pair<row_id, row_id>::first);
    return at != all.end() && at->first == r ? at->second : no_row;
}

bool schema::is_table(row_id object) const noexcept
{
    return kind(object) == row_kind::object && impl_->detail[object] != no_row;
}

row_id schema::instance_template(row_id table) const noexcept
{
    return is_table(table) ? impl_->tables[impl_->detail[table]].instance_template : no_row;
}

std::span<const row_id> schema::instances(row_id table) const noexcept
{
    if (!is_table(table)) return {};
    const auto& t = impl_->tables[impl_->detail[table]];
    return std::span(impl_->instance_rows).subspan(t.first, t.count);
}

std::uint32_t schema::max_instances(row_id table) const noexcept
{
    return is_table(table) ? impl_->tables[impl_->detail[table]].max_instances : 0;
}

const std::vector<row_id>& schema::forced_inform() const noexcept
{
    return impl_->forced;
}

std::size_t schema::bytes() const noexcept
{
    const auto of = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
    std::size_t n = sizeof(impl) + impl_->pool.capacity() + of(impl_->path_start) +
                    of(impl_->row_flags) + of(impl_->detail) + of(impl_->facet_index) +
                    of(impl_->values) + of(impl_->facet_sets) + of(impl_->tables) +
                    of(impl_->instance_rows) + of(impl_->counters) + of(impl_->forced);
    for (const auto& v : impl_->values)
        n += v.heap_bytes();
    for (const auto& f : impl_->facet_sets) {
        n += of(f.enumeration);
        for (const auto& e : f.enumeration)
            n += e.capacity();
    }
    return n;
}

} // namespace cpestorm::model
