#include "fleet/wheel.hpp"

#include <bit>
#include <cassert>

namespace cpestorm::fleet {
namespace {

constexpr unsigned byte_of(std::uint32_t tick, unsigned level) noexcept
{
    return (tick >> (8 * level)) & 0xFFu;
}

// The level of the highest byte in which two ticks differ; 0 if they are equal.
unsigned level_of(std::uint32_t a, std::uint32_t b) noexcept
{
    return (static_cast<unsigned>(std::bit_width((a ^ b) | 1u)) - 1) / 8;
}

} // namespace

wheel::wheel(id_type capacity, std::chrono::milliseconds tick)
    : nodes_(capacity, node{never, nil, nil})
    , tick_ms_(static_cast<std::uint32_t>(tick.count()))
{
    assert(capacity < head_flag && tick.count() >= 1);
    heads_.fill(nil);
}

void wheel::arm(id_type id, fleet_time due) noexcept
{
    cancel(id);
    if (due == never) return;
    nodes_[id].due = due;
    link(id);
    ++size_;
}

bool wheel::cancel(id_type id) noexcept
{
    if (!armed(id)) return false;
    unlink(id);
    --size_;
    return true;
}

fleet_time wheel::next_due() const noexcept
{
    const auto at = first_used();
    if (at.level == levels) return never;
    const std::uint64_t ms = std::uint64_t{start_of(at)} * tick_ms_;
    return ms < never ? static_cast<fleet_time>(ms) : never - 1;
}

// Takes the next id due at or before `now` off the wheel; nil if there is none (left).
wheel::id_type wheel::pop_due(fleet_time now) noexcept
{
    const std::uint32_t last = now / tick_ms_;
    while (heads_[firing] == nil) {
        const auto at = first_used();
        if (at.level == levels || start_of(at) > last) {
            if (next_ <= last) move_to(last + 1);
            return nil;
        }
        const auto tick = start_of(at);
        if (at.level > 0) {
            move_to(tick);
            continue;
        }
        const auto first = heads_[at.slot];
        heads_[at.slot] = nil;
        used_[0][at.slot / 64] &= ~(std::uint64_t{1} << (at.slot % 64));
        heads_[firing] = first;
        nodes_[first].previous = head_flag | firing;
        move_to(tick + 1);
    }
    const auto id = heads_[firing];
    unlink(id);
    --size_;
    return id;
}

void wheel::link(id_type id) noexcept
{
    auto tick = tick_of(nodes_[id].due);
    if (tick < next_) tick = next_;
    const auto level = level_of(tick, next_);
    const auto slot = byte_of(tick, level);
    auto& head = heads_[level * slots + slot];
    nodes_[id].next = head;
    nodes_[id].previous = head_flag | (level * slots + slot);
    if (head != nil) nodes_[head].previous = id;
    head = id;
    used_[level][slot / 64] |= std::uint64_t{1} << (slot % 64);
}

void wheel::unlink(id_type id) noexcept
{
    auto& n = nodes_[id];
    if (n.next != nil) nodes_[n.next].previous = n.previous;
    if ((n.previous & head_flag) == 0) {
        nodes_[n.previous].next = n.next;
    } else {
        const auto head = n.previous & ~head_flag;
        heads_[head] = n.next;
        if (n.next == nil && head != firing)
            used_[head / slots][head % slots / 64] &= ~(std::uint64_t{1} << (head % 64));
    }
    n.previous = nil;
}

// Sets `next_` and hangs the ids whose distance to it now shows in a lower byte where they belong.
void wheel::move_to(std::uint32_t tick) noexcept
{
    const auto highest = level_of(tick, next_);
    next_ = tick;
    for (auto level = highest; level > 0; --level)
        cascade(level, byte_of(tick, level));
}

void wheel::cascade(unsigned level, unsigned slot) noexcept
{
    auto id = heads_[level * slots + slot];
    heads_[level * slots + slot] = nil;
    used_[level][slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
    while (id != nil) {
        const auto next = nodes_[id].next;
        link(id);
        id = next;
    }
}

wheel::position wheel::first_used() const noexcept
{
    for (unsigned level = 0; level < levels; ++level)
        for (unsigned word = 0; word < slots / 64; ++word)
            if (const auto bits = used_[level][word]; bits != 0)
                return {level, word * 64 + static_cast<unsigned>(std::countr_zero(bits))};
    return {levels, 0};
}

// The first tick of a slot: the bytes above its level as in `next_`, zeros below.
std::uint32_t wheel::start_of(position p) const noexcept
{
    const std::uint32_t below = 0xFFFFFFFFu >> (8 * (levels - 1 - p.level)); // this byte and lower
    return (next_ & ~below) | (p.slot << (8 * p.level));
}

// Rounded up, so that nothing fires early.
std::uint32_t wheel::tick_of(fleet_time due) const noexcept
{
    return due / tick_ms_ + (due % tick_ms_ != 0 ? 1 : 0);
}

} // namespace cpestorm::fleet
