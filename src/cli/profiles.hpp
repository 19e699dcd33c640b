#pragma once

// Finds and loads device profiles by name or file.

#include "base/error.hpp"
#include "model/profile.hpp"

#include <memory>
#include <string>

namespace cpestorm::cli {

// `name_or_file`: a file if it has a '/' or ends in ".json", otherwise a shipped profile's name,
// looked for in $CPESTORM_PROFILES, beside an installed binary and in the source tree. The
// diagnostic lists where it was looked for and what is there.
[[nodiscard]] base::checked<std::shared_ptr<const model::profile>>
find_profile(const std::string& name_or_file);

} // namespace cpestorm::cli
