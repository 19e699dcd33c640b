#pragma once

#include "cli/options.hpp"

namespace cpestorm::cli {

// `cpestorm profile import|check|show`. Return the exit code.
[[nodiscard]] int profile_import(const options& o);
[[nodiscard]] int profile_check(const options& o);
[[nodiscard]] int profile_show(const options& o);

} // namespace cpestorm::cli
