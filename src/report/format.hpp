#pragma once

// Numbers and texts as the reports print them for people.

#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cpestorm::report {

[[nodiscard]] std::string with_separators(std::uint64_t n); // "2,325,000"

// Three significant digits at most: "850us", "4.21ms", "42.1ms", "421ms", "12.0s", "1,205s".
[[nodiscard]] std::string short_time(std::uint64_t us);

[[nodiscard]] std::string short_bytes(std::uint64_t bytes); // binary units: "12.2 KiB"

// part / whole: "99.4 %". "-" if whole is 0. Never rounds to 0.0 or 100.0 what is not.
[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole);

// n per second with one decimal: "833.3"; "-" if no time has passed.
[[nodiscard]] std::string per_second(std::uint64_t n, base::duration time);

// A text that may come from a peer, made safe for a terminal: control characters and what is no
// UTF-8 become '?', and what exceeds `width` characters is cut and ends in "...".
[[nodiscard]] std::string printable(std::string_view text, std::size_t width);

// A block of lines that begins with a title and holds items, broken before the line's end:
//   TITLE     item   item   item
//             item
class block {
public:
    block(std::string& out, std::string_view title);
    block(const block&) = delete;
    block& operator=(const block&) = delete;
    ~block(); // ends the last line

    void item(std::string_view text);
    void next_line();

private:
    std::string& out_;
    std::size_t column_;
    bool line_empty_ = true;
};

inline constexpr std::size_t line_width = 120;

} // namespace cpestorm::report
