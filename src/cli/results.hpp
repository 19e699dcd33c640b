#pragma once

// The files a run leaves behind.

#include "base/error.hpp"
#include "metrics/snapshot.hpp"

#include <string>

namespace cpestorm::cli {

// Makes the folder if it is not there and checks that files can be written in it, before the run
// rather than after. An empty name is no folder.
[[nodiscard]] base::checked<void> prepare_folder(const std::string& folder);

// Writes summary.json and summary.txt (`text`).
[[nodiscard]] base::checked<void>
write_results(const std::string& folder, const metrics::snapshot& s, const std::string& text);

} // namespace cpestorm::cli
