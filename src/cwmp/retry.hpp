#pragma once

#include <chrono>

namespace cpestorm::cwmp {

// Decides how long a CPE waits before retrying a failed session (TR-069 §3.2.1.1).
//   attempt  1-based count of consecutive failures; 0 is a caller bug.
//   m, k     CWMPRetryMinimumWaitInterval [s] and CWMPRetryIntervalMultiplier [1/1000].
//   u        uniform in [0,1), drawn by the caller so that runs repeat.
// Never fails. The result is uniform in [m·(k/1000)^(n-1), m·(k/1000)^n] with n = min(attempt, 10)
// and at most 2^31 seconds.
[[nodiscard]] std::chrono::milliseconds retry_delay(unsigned attempt, unsigned m, unsigned k,
                                                    double u) noexcept;

} // namespace cpestorm::cwmp
