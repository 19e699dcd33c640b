#pragma once

#include "acs/counters.hpp"

#include <cstddef>
#include <string>

namespace cpestorm::cli {

// What the embedded ACS counts, in Prometheus' text format (docs/acs-admin.md).
[[nodiscard]] std::string acs_metrics(const acs::counters& c, std::size_t devices);

} // namespace cpestorm::cli
