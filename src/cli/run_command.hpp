#pragma once

#include "cli/options.hpp"

namespace cpestorm::cli {

// `cpestorm run`: returns the exit code.
[[nodiscard]] int run_command(options o);
// `cpestorm check`: prints the plan.
[[nodiscard]] int check_command(options o);

} // namespace cpestorm::cli
