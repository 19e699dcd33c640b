#pragma once

// Leaves secrets out of what reports show.

#include <span>
#include <string>
#include <string_view>

namespace cpestorm::report {

// A URL without user and password: "http://user:pw@acs/x" -> "http://acs/x".
[[nodiscard]] std::string without_userinfo(std::string_view url);

// A command line as one can paste it into a shell, with "***" in place of the value of every
// option and KEY=VALUE setting whose name speaks of a password, secret, token or key, and URLs
// without userinfo.
//   arguments  argv, the program first
[[nodiscard]] std::string printable_command(std::span<const std::string> arguments);

} // namespace cpestorm::report
