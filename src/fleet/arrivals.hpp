#pragma once

// When sessions are meant to start. Every time is derived from the device's number, never from
// the time before it, so that rounding and lateness do not add up and the number of shards
// changes nothing.

#include "fleet/time.hpp"

#include <cstdint>

namespace cpestorm::fleet {

// The start of device k of n when n devices start spread evenly over `ramp`: floor(k·ramp/n), so
// 0 for the first and below `ramp` for the last; all 0 for a ramp of 0. k < n.
[[nodiscard]] fleet_time ramp_start(std::uint32_t k, std::uint32_t n, fleet_time ramp) noexcept;

// How many of the n devices have ramp_start() ≤ t.
[[nodiscard]] std::uint32_t ramp_started(fleet_time t, std::uint32_t n, fleet_time ramp) noexcept;

// The instants phase + i·interval, i = 0, 1, 2, ...
struct periodic {
    fleet_time phase = 0;    // < interval
    fleet_time interval = 1; // ≥ 1

    // The first instant strictly after t; `never` if it lies beyond the fleet's time.
    [[nodiscard]] fleet_time next_after(fleet_time t) const noexcept;

    // How many instants lie in (after, until]: those a device missed that was due at `after` and
    // comes to its next turn at `until`.
    [[nodiscard]] std::uint32_t count(fleet_time after, fleet_time until) const noexcept;
};

// The schedule of periodic Informs of device k: a phase drawn evenly over the interval from
// (seed, k), so that many devices make a level load. A device started at time t has its first
// periodic Inform at next_after(t). interval ≥ 1 ms.
[[nodiscard]] periodic periodic_of(std::uint64_t seed, std::uint32_t k,
                                   fleet_time interval) noexcept;

} // namespace cpestorm::fleet
