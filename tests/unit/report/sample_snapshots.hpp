#pragma once

// Pictures of runs, made up.

#include "metrics/snapshot.hpp"

namespace cpestorm::report {

[[nodiscard]] metrics::snapshot nothing_happened(); // stopped before the first session
[[nodiscard]] metrics::snapshot small_run();        // 100 devices, all well
[[nodiscard]] metrics::snapshot huge_run();         // a million devices, all sorts of trouble

} // namespace cpestorm::report
