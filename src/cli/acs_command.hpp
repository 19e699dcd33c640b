#pragma once

#include "cli/options.hpp"

namespace cpestorm::cli {

// `cpestorm acs`: serves until SIGINT or SIGTERM; returns the exit code.
[[nodiscard]] int acs_command(const options& o);

} // namespace cpestorm::cli
