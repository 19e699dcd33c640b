#pragma once

// A hierarchical timer wheel: at most one due time for each id of 0..capacity-1, 12 bytes per id
// whether armed or not, O(1) to arm and cancel, no allocation after construction.
//
// A tick number is four bytes; level k has a slot for each value of byte k (0 is the lowest).
// With `next_` = the first tick that was not yet processed, an id hangs in the level of the
// highest byte in which its tick differs from `next_`, in the slot of that byte's value. So every
// id of a lower level is due before all ids of higher levels, and the lowest used slot of the
// lowest used level is always the next to look at.

#include "fleet/time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cpestorm::fleet {

class wheel {
public:
    using id_type = std::uint32_t;

    // For ids 0..capacity-1; capacity ≤ 2^31 - 1, tick ≥ 1 ms. An id fires at the first tick at or
    // after its due time: never early, at most one tick late.
    explicit wheel(id_type capacity, std::chrono::milliseconds tick = std::chrono::milliseconds(1));

    // Sets when `id` is due, in place of an earlier setting. A time already passed fires with the
    // next tick; `never` cancels.
    void arm(id_type id, fleet_time due) noexcept;
    // Returns whether the id was armed.
    bool cancel(id_type id) noexcept;

    [[nodiscard]] bool armed(id_type id) const noexcept { return nodes_[id].previous != nil; }
    // What arm() was given; `never` if not armed.
    [[nodiscard]] fleet_time due(id_type id) const noexcept
    {
        return armed(id) ? nodes_[id].due : never;
    }
    [[nodiscard]] id_type capacity() const noexcept { return static_cast<id_type>(nodes_.size()); }
    [[nodiscard]] id_type size() const noexcept { return size_; } // armed ids

    // Calls visit(id, due) for every id due at or before `now` (< never), tick by tick in order of
    // time; ids of one tick come in any order, the same in every run. The id is not armed any more
    // when it is visited. `visit` may arm and cancel any id: what it arms for a later tick up to
    // `now` fires in the same call, what it arms for the past fires with the tick after the one
    // being visited. It must not call advance().
    // Time never goes back: an earlier `now` than last time does nothing. Returns the visits.
    template <class Visitor>
    std::size_t advance(fleet_time now, Visitor&& visit)
    {
        std::size_t visits = 0;
        for (id_type id = pop_due(now); id != nil; id = pop_due(now)) {
            visit(id, nodes_[id].due);
            ++visits;
        }
        return visits;
    }

    // How long to sleep: no id fires before this time, and advance(next_due()) fires one or brings
    // the next one nearer. Exact for the next 256 ticks, early beyond. `never` if none is armed.
    [[nodiscard]] fleet_time next_due() const noexcept;

private:
    static constexpr id_type nil = 0xFFFFFFFFu;
    static constexpr std::uint32_t head_flag = 0x80000000u; // in `previous`: a list head's number
    static constexpr unsigned levels = 4;
    static constexpr unsigned slots = 256;
    static constexpr unsigned firing = levels * slots; // the list of ids being visited

    struct node {
        fleet_time due;         // of the last arm()
        id_type next;           // in its list; nil: last
        std::uint32_t previous; // id, or head_flag | head; nil: not armed
    };
    struct position {
        unsigned level, slot; // level == levels: nowhere
    };

    id_type pop_due(fleet_time now) noexcept;
    void link(id_type id) noexcept;
    void unlink(id_type id) noexcept;
    void move_to(std::uint32_t tick) noexcept;
    void cascade(unsigned level, unsigned slot) noexcept;
    [[nodiscard]] position first_used() const noexcept;
    [[nodiscard]] std::uint32_t start_of(position p) const noexcept;
    [[nodiscard]] std::uint32_t tick_of(fleet_time due) const noexcept;

    std::vector<node> nodes_;
    std::array<id_type, firing + 1> heads_;
    std::array<std::array<std::uint64_t, slots / 64>, levels> used_{}; // a bit per non-empty slot
    std::uint32_t tick_ms_;
    std::uint32_t next_ = 0; // the first tick not yet processed
    id_type size_ = 0;
};

} // namespace cpestorm::fleet
