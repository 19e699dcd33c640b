#pragma once

// The grammar of parameter and object paths (TR-106 §3.1): components separated by dots, objects
// ending in one; a component is a name, an instance number, or "{i}" in the path of a template.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::model {

// What is wrong with a path; empty if nothing is. Instance numbers and "{i}" follow a name, and no
// "{i}" follows a number.
[[nodiscard]] std::string path_fault(std::string_view path);

// True for "1", "42": no leading zero, fits 32 bits.
[[nodiscard]] bool is_instance_number(std::string_view component) noexcept;

// The object above an object or parameter, with its dot; empty for the root.
[[nodiscard]] std::string_view parent_path(std::string_view path) noexcept;
// The last component, without dots: "SSID" of "A.SSID" and of "A.SSID.".
[[nodiscard]] std::string_view last_component(std::string_view path) noexcept;

// The path with every instance number replaced by "{i}".
[[nodiscard]] std::string generalized(std::string_view path);
[[nodiscard]] bool is_template(std::string_view path) noexcept;

// The instance numbers of a path, first to last.
[[nodiscard]] std::vector<std::uint32_t> instance_numbers(std::string_view path);

} // namespace cpestorm::model
