#include "model/overlay.hpp"

#include "model/overlay_block.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace cpestorm::model {
namespace detail {
namespace {

block_ptr make_block(std::size_t count, std::size_t text_bytes)
{
    const auto size = sizeof(overlay_block) + count * sizeof(overlay_block::entry) + text_bytes;
    auto* b = ::new (::operator new(size)) overlay_block;
    b->rest = nullptr;
    b->count = static_cast<std::uint32_t>(count);
    b->text_bytes = static_cast<std::uint32_t>(text_bytes);
    std::uninitialized_default_construct_n(b->entries(), count);
    return block_ptr(b);
}

} // namespace

void overlay_delete::operator()(overlay_block* p) const noexcept
{
    delete p->rest;
    ::operator delete(p);
}

std::string_view overlay_block::text_of(std::size_t i) const noexcept
{
    const auto* text = reinterpret_cast<const char*>(all().data() + count);
    const std::uint32_t begin = i == 0 ? 0 : all()[i - 1].end;
    return {text + begin, all()[i].end - begin};
}

std::size_t overlay_block::lower_bound(row_id row) const noexcept
{
    const auto at = std::ranges::lower_bound(all(), row, {}, &entry::row);
    return static_cast<std::size_t>(at - all().begin());
}

std::size_t overlay_rest::bytes() const noexcept
{
    const auto of = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
    const auto heap_of = [](const std::string& s) {
        return s.capacity() > std::string().capacity() ? s.capacity() + 1 : 0;
    };
    std::size_t n =
        sizeof(*this) + of(added) + of(deleted) + of(attributes) + of(values) + of(numbers);
    for (const auto& v : values)
        n += heap_of(v.text);
    for (const auto& a : attributes) {
        if (!a.access_list) continue;
        n += of(*a.access_list);
        for (const auto& s : *a.access_list)
            n += heap_of(s);
    }
    return n;
}

std::optional<std::string_view> changed_value(const overlay_block* b, row_id row) noexcept
{
    if (b == nullptr) return std::nullopt;
    const auto i = b->lower_bound(row);
    if (i == b->count || b->all()[i].row != row) return std::nullopt;
    return b->text_of(i);
}

void replace_values(block_ptr& b, row_id first, row_id last, std::optional<std::string_view> text)
{
    const std::size_t old_count = b ? b->count : 0;
    const std::size_t from = b ? b->lower_bound(first) : 0, to = b ? b->lower_bound(last) : 0;
    if (from == to && !text) return;
    const std::size_t count = old_count - (to - from) + (text ? 1 : 0);
    if (count == 0 && b->rest == nullptr) return b.reset();

    std::size_t bytes = (b ? b->text_bytes : 0) + (text ? text->size() : 0);
    for (std::size_t i = from; i != to; ++i)
        bytes -= b->text_of(i).size();
    block_ptr fresh = make_block(count, bytes);
    std::size_t next = 0;
    std::uint32_t end = 0;
    const auto put = [&](row_id row, std::string_view value) {
        if (!value.empty()) std::memcpy(fresh->text() + end, value.data(), value.size());
        end += static_cast<std::uint32_t>(value.size());
        fresh->entries()[next++] = {row, end};
    };
    for (std::size_t i = 0; i != from; ++i)
        put(b->all()[i].row, b->text_of(i));
    if (text) put(first, *text);
    for (std::size_t i = to; i < old_count; ++i)
        put(b->all()[i].row, b->text_of(i));
    if (b) std::swap(fresh->rest, b->rest);
    b = std::move(fresh);
}

overlay_rest& rest_of(block_ptr& b)
{
    if (!b) b = make_block(0, 0);
    if (b->rest == nullptr) b->rest = new overlay_rest;
    return *b->rest;
}

void drop_empty_rest(block_ptr& b) noexcept
{
    if (!b || b->rest == nullptr || !b->rest->empty()) return;
    delete b->rest;
    b->rest = nullptr;
    if (b->count == 0) b.reset();
}

} // namespace detail

std::size_t overlay::bytes() const noexcept
{
    if (!block_) return 0;
    return block_->size() + (block_->rest == nullptr ? 0 : block_->rest->bytes());
}

} // namespace cpestorm::model
