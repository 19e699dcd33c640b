#pragma once

// The result of a run as people read it in a terminal: at most 120 columns, no colours.

#include "metrics/snapshot.hpp"

#include <string>

namespace cpestorm::report {

// The summary at the end: the verdict first, then the balance of sessions, latencies, errors and
// the generator's own state. Ends in a line feed.
[[nodiscard]] std::string to_text(const metrics::snapshot& s);

// What a line of live status compares with: the figures of the line before.
struct status_mark {
    base::duration elapsed{};
    std::uint64_t offered = 0;
    std::uint64_t ended = 0; // ok and failed
    std::uint64_t failed = 0;
};
[[nodiscard]] status_mark mark(const metrics::snapshot& s) noexcept;

// One line of live status without line feed. Rates are of the time since `before`; a
// default-constructed mark is the run's start. Latencies are of the whole run so far.
[[nodiscard]] std::string status_line(const metrics::snapshot& s, const status_mark& before);

} // namespace cpestorm::report
