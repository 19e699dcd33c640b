#pragma once

// Leveled log lines on stderr. Progress and logs never go to stdout, which carries results.

#include <atomic>
#include <string_view>

namespace cpestorm::base {

enum class log_level : int { error, warning, info, debug };

// The lowest importance that is printed; process-wide because stderr is.
void set_log_level(log_level level) noexcept;
[[nodiscard]] bool log_enabled(log_level level) noexcept;

// Prints "cpestorm: warning: TEXT\n" in one write; control characters in `text` are replaced, so
// that a peer's bytes cannot drive the user's terminal. Never call it with a secret.
void log(log_level level, std::string_view text);

} // namespace cpestorm::base
