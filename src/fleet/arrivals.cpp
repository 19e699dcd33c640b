#include "fleet/arrivals.hpp"

#include "base/rng.hpp"

#include <algorithm>

namespace cpestorm::fleet {
namespace {

// Sets these draws apart from all others made with the same seed.
constexpr std::uint64_t phase_stream = 0x7065'7269'6f64'6963; // "periodic"

} // namespace

fleet_time ramp_start(std::uint32_t k, std::uint32_t n, fleet_time ramp) noexcept
{
    return static_cast<fleet_time>(std::uint64_t{k} * ramp / n);
}

std::uint32_t ramp_started(fleet_time t, std::uint32_t n, fleet_time ramp) noexcept
{
    if (t >= ramp) return n;
    // floor(k·ramp/n) ≤ t  ⇔  k·ramp < (t+1)·n  ⇔  k < ceil((t+1)·n / ramp)
    const auto started = ((std::uint64_t{t} + 1) * n + ramp - 1) / ramp;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(started, n));
}

fleet_time periodic::next_after(fleet_time t) const noexcept
{
    if (t < phase) return phase;
    const auto next = phase + (std::uint64_t{t - phase} / interval + 1) * interval;
    return next < never ? static_cast<fleet_time>(next) : never;
}

std::uint32_t periodic::count(fleet_time after, fleet_time until) const noexcept
{
    const auto up_to = [this](fleet_time t) -> std::uint64_t {
        return t < phase ? 0 : std::uint64_t{t - phase} / interval + 1;
    };
    return until <= after ? 0 : static_cast<std::uint32_t>(up_to(until) - up_to(after));
}

periodic periodic_of(std::uint64_t seed, std::uint32_t k, fleet_time interval) noexcept
{
    // The upper 32 bits of a draw, scaled: exact, and the bias is below interval / 2^32.
    const auto bits = base::draw(seed, phase_stream, k) >> 32;
    return {static_cast<fleet_time>((bits * interval) >> 32), interval};
}

} // namespace cpestorm::fleet
