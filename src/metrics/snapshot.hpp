#pragma once

// The whole picture of a run at an instant: what reports, dashboards and verdicts are made of.

#include "base/time.hpp"
#include "metrics/shard_metrics.hpp"
#include "metrics/vocabulary.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::metrics {

// What does not change during a run.
struct run_info {
    std::string version;      // of this program
    std::string scenario;     // its name; empty: none
    std::string acs_url;      // reports leave user and password out
    std::string command_line; // as shown to people: without secrets
    std::uint64_t seed = 0;
    std::uint32_t shards = 1;
    std::uint32_t devices_configured = 0;
    std::uint32_t sessions_limit = 0; // in flight at the same time
    base::wall_time started_at{};
};

enum class run_phase : std::uint8_t { ramp, steady, drain, finished, end_ };
[[nodiscard]] std::string_view name(run_phase p) noexcept; // "ramp"

// Whether the generator kept up, so that the numbers speak of the ACS.
enum class validity : std::uint8_t { valid, degraded, invalid, end_ };
[[nodiscard]] std::string_view name(validity v) noexcept; // "VALID"

struct judgement {
    validity verdict = validity::valid;
    std::vector<std::string> reasons; // sentences for people; empty if valid
};

// The state of the generating process.
struct process_health {
    base::duration cpu{};            // user + system
    base::duration loop_stall_max{}; // longest time an event loop did not come round
    std::vector<double> busy_ratio;  // per shard: CPU time of its thread / time passed, 0..1
    std::uint64_t rss_bytes = 0;     // now
    std::uint64_t max_rss_bytes = 0;
    std::uint64_t descriptors_open = 0;
    std::uint64_t descriptors_limit = 0;
    [[nodiscard]] double busy_ratio_max() const noexcept; // 0 if unknown
};

struct snapshot {
    run_info run;
    run_phase phase = run_phase::ramp;
    base::duration elapsed{}; // since the run's start

    // Gauges at this instant.
    tally_of<device_state> devices;         // adds up to run.devices_configured
    std::uint32_t devices_registered = 0;   // had at least one Inform acknowledged
    std::uint32_t sessions_active = 0;      // in flight, repetitions included
    std::uint32_t sessions_active_peak = 0; // highest so far
    double target_per_second = 0;           // sessions/s the plan offers at this instant

    shard_metrics measured; // merged over all shards
    process_health process;
    judgement generator; // judge() of all of the above; filled by who makes the snapshot
};

// Thresholds of the verdict.
struct judge_limits {
    base::duration lag_p99_degraded = std::chrono::milliseconds(20);
    base::duration lag_p99_invalid = std::chrono::milliseconds(100);
    base::duration loop_stall_degraded = std::chrono::milliseconds(500);
    double busy_ratio_degraded = 0.85;
    double shed_ratio_invalid = 0.01; // of offered, by our own cap or lateness
};

// Judges the generator, not the ACS: was it on time, did it begin what was due, did it run into
// limits of its own host? Does not look at s.generator. Nothing offered yet is valid.
[[nodiscard]] judgement judge(const snapshot& s, const judge_limits& limits = {});

// The share of offered sessions that must be ok for a run to pass.
inline constexpr std::uint64_t success_percent_min = 99;

// What the whole run says about the ACS.
enum class outcome : std::uint8_t {
    pass,    // enough of the offered sessions were ok at their first attempt
    fail,    // too few were
    invalid, // the generator's verdict is INVALID, so nothing can be said
    end_,
};
[[nodiscard]] std::string_view name(outcome o) noexcept;    // "PASS"
[[nodiscard]] outcome conclude(const snapshot& s) noexcept; // from s.generator

// Sessions that did not happen or failed for want of something of this host (ports, descriptors,
// memory).
[[nodiscard]] std::uint64_t local_errors(const session_counters& c) noexcept;

} // namespace cpestorm::metrics
