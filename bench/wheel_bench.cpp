#include "base/rng.hpp"
#include "fleet/wheel.hpp"

#include <benchmark/benchmark.h>

namespace cpestorm::fleet {
namespace {

constexpr std::uint32_t devices = 1'000'000;
constexpr fleet_time interval = 300'000;

void fill(wheel& w, base::rng& r)
{
    for (std::uint32_t id = 0; id < w.capacity(); ++id)
        w.arm(id, static_cast<fleet_time>(r.below(interval)));
}

// Costs what the caches cost: 12 bytes per device, and each list neighbour is anywhere.
void arm_a_random_device(benchmark::State& state)
{
    const auto n = static_cast<std::uint32_t>(state.range(0));
    wheel w(n);
    base::rng r(1, 0);
    fill(w, r);
    for (auto _ : state)
        w.arm(static_cast<std::uint32_t>(r.below(n)), static_cast<fleet_time>(r.below(interval)));
}
BENCHMARK(arm_a_random_device)->Arg(10'000)->Arg(devices);

// A million devices with a session every 300 s: 3.3 fire in a millisecond and are armed again.
void advance_one_millisecond(benchmark::State& state)
{
    wheel w(devices);
    base::rng r(1, 0);
    fill(w, r);
    fleet_time now = 0;
    std::size_t fired = 0;
    for (auto _ : state) {
        if (++now == never - interval) state.SkipWithError("the fleet's time is over");
        fired +=
            w.advance(now, [&](std::uint32_t id, fleet_time due) { w.arm(id, due + interval); });
    }
    state.counters["per_fire"] = benchmark::Counter(
        static_cast<double>(fired), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(advance_one_millisecond);

void find_the_next_due(benchmark::State& state)
{
    wheel w(devices);
    w.arm(7, 200'000'000);
    for (auto _ : state)
        benchmark::DoNotOptimize(w.next_due());
}
BENCHMARK(find_the_next_due);

} // namespace
} // namespace cpestorm::fleet
