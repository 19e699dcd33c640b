#pragma once

// A device profile: the data model, the identity of its devices and their behaviour, loaded from
// JSON (docs/profiles.md) and shared by all devices of that kind.

#include "base/error.hpp"
#include "model/schema.hpp"
#include "model/value_template.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::model {

struct identity_template {
    std::string manufacturer; // 1..64 characters
    std::string oui;          // six upper-case hex digits
    std::string product_class;
    value_template serial; // "HG{index:09}"
};

struct profile {
    std::string name;
    std::string comment;
    identity_template identity;
    std::shared_ptr<const model::schema> schema;
    std::chrono::seconds periodic_inform_interval{300}; // unless the run's plan says otherwise
};

// Reads a profile from JSON text or a file. Diagnostics name file, line and column.
[[nodiscard]] base::checked<std::shared_ptr<const profile>> parse_profile(std::string name,
                                                                          std::string_view json);
[[nodiscard]] base::checked<std::shared_ptr<const profile>> load_profile(const std::string& path);

// Converts a device export in CSV (genieacs-sim's `Parameter,Object,Writable,Value,Value type`;
// GenieACS UI exports with more columns) to the text of a profile. `file` is used in diagnostics.
struct imported_profile {
    std::string json;
    std::size_t parameters = 0, objects = 0, skipped = 0; // rows; skipped = ACS bookkeeping rows
    std::vector<std::string> notes; // what was guessed or left out, one sentence each
};
[[nodiscard]] base::checked<imported_profile> import_csv(const std::string& file,
                                                         std::string_view text);

} // namespace cpestorm::model
