#pragma once

// The data model part of a profile: private to profile.cpp.

#include "base/json.hpp"
#include "model/schema.hpp"

#include <vector>

namespace cpestorm::model {

// Reads "objects" and "parameters" of a profile, makes the instances that "instances" asks for from
// their templates, and completes rows that override a template.
[[nodiscard]] base::checked<std::vector<row_definition>> read_rows(const base::json::value& root);

} // namespace cpestorm::model
