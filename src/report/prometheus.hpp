#pragma once

// The live figures of a run for Prometheus. docs/metrics.md defines every metric.

#include "metrics/snapshot.hpp"

#include <string>

namespace cpestorm::report {

// The text exposition format, version 0.0.4. Every label value that can occur is there from the
// start, at 0, but for rare HTTP statuses; never an address, serial number or error text.
[[nodiscard]] std::string to_prometheus(const metrics::snapshot& s);

} // namespace cpestorm::report
