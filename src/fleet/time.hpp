#pragma once

// The time scale of schedules: whole milliseconds since the run's start, so that a million due
// times cost four bytes each.

#include "base/time.hpp"

#include <chrono>
#include <cstdint>

namespace cpestorm::fleet {

// Milliseconds since the run's start; 49 days fit. `never` is no time, and later than all others.
using fleet_time = std::uint32_t;
inline constexpr fleet_time never = 0xFFFFFFFFu;

// The whole milliseconds of a time since the run's start: negative gives 0, too long gives the
// last time before `never`.
[[nodiscard]] constexpr fleet_time to_fleet_time(base::duration since_start) noexcept
{
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(since_start).count();
    if (ms <= 0) return 0;
    return ms >= never ? never - 1 : static_cast<fleet_time>(ms);
}

[[nodiscard]] constexpr base::duration to_duration(fleet_time t) noexcept
{
    return std::chrono::milliseconds(t);
}

} // namespace cpestorm::fleet
