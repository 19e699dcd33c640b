#pragma once

// The result of a run for scripts: summary.json, schema version 1. docs/summary.md defines every
// field; fields are only ever added.

#include "metrics/snapshot.hpp"

#include <string>

namespace cpestorm::report {

// Durations are numbers of seconds, their keys end in `_seconds`. What was not measured is absent.
[[nodiscard]] std::string to_json(const metrics::snapshot& s);

} // namespace cpestorm::report
