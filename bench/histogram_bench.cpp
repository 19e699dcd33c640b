#include "base/rng.hpp"
#include "metrics/shard_metrics.hpp"

#include <benchmark/benchmark.h>

#include <array>

namespace cpestorm::metrics {
namespace {

// Session times: 1 ms to 1 s.
std::array<std::uint64_t, 4096> times()
{
    std::array<std::uint64_t, 4096> out;
    base::rng r(1, 0);
    for (auto& t : out)
        t = 1'000 + r.below(1'000'000);
    return out;
}

void record(benchmark::State& state)
{
    histogram h(static_cast<unsigned>(state.range(0)));
    const auto samples = times();
    std::size_t i = 0;
    for (auto _ : state)
        h.record_us(samples[i++ % samples.size()]);
    benchmark::DoNotOptimize(h.count());
}
BENCHMARK(record)->Arg(2)->Arg(3);

void quantile(benchmark::State& state)
{
    histogram h(static_cast<unsigned>(state.range(0)));
    for (const auto t : times())
        h.record_us(t);
    for (auto _ : state)
        benchmark::DoNotOptimize(h.quantile_us(0.999));
}
BENCHMARK(quantile)->Arg(2)->Arg(3);

// What a snapshot costs a shard.
void merge_a_shard(benchmark::State& state)
{
    shard_metrics shard;
    for (const auto t : times()) {
        shard.times.response.record_us(t);
        shard.times.service.record_us(t);
        shard.times.lag.record_us(t / 1'000);
        for (auto& h : shard.times.rpc)
            h.record_us(t);
    }
    shard_metrics all;
    for (auto _ : state)
        all.merge(shard);
}
BENCHMARK(merge_a_shard);

} // namespace
} // namespace cpestorm::metrics
