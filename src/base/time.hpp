#pragma once

// The clocks of the program. Nothing else calls now(): everything below `run` is told the time.

#include <chrono>

namespace cpestorm::base {

// A point on the monotonic clock: due times, deadlines, latencies.
using instant = std::chrono::steady_clock::time_point;
using duration = std::chrono::steady_clock::duration;

// A point on the civil clock: what a CPE writes into CurrentTime.
using wall_time = std::chrono::system_clock::time_point;

[[nodiscard]] instant now() noexcept;
[[nodiscard]] wall_time wall_now() noexcept;

// CPU time (user + system) this process or the calling thread has used so far.
[[nodiscard]] duration process_cpu_time() noexcept;
[[nodiscard]] duration thread_cpu_time() noexcept;

} // namespace cpestorm::base
