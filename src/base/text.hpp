#pragma once

// Conversions between text and values, independent of the locale.

#include "base/error.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::base {

[[nodiscard]] bool iequals(std::string_view a, std::string_view b) noexcept; // ASCII letters only
[[nodiscard]] std::string_view trim(std::string_view s) noexcept;            // space, tab, CR, LF

// Whole-string decimal integers; empty if anything but digits (and one leading '+' or, for the
// signed form, '-') is there or the number does not fit.
[[nodiscard]] std::optional<std::uint64_t> parse_unsigned(std::string_view s) noexcept;
[[nodiscard]] std::optional<std::int64_t> parse_signed(std::string_view s) noexcept;

// Length of the longest prefix of `s` that is UTF-8 (RFC 3629: no surrogates, no overlong forms).
// All of `s` if it is valid.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view s) noexcept;
// Characters (code points) of a UTF-8 text.
[[nodiscard]] std::size_t count_characters(std::string_view s) noexcept;

// Appends a decimal number.
void append_number(std::string& out, std::uint64_t n);

// A count as options take it: "250", "10k", "1.5m" (k = 10^3, m = 10^6). The diagnostics of this
// and of parse_duration have only `what` set.
[[nodiscard]] checked<std::uint64_t> parse_count(std::string_view s);

// A duration as options take it, always with a unit (d, h, m, s, ms, us): "250ms", "1.5s", "10m",
// "1h30m", largest unit first. Never negative.
[[nodiscard]] checked<duration> parse_duration(std::string_view s);

// "250ms", "5.0s", "10m 0s", "2h 5m", "3d 4h": at most two units, rounded, for people.
[[nodiscard]] std::string format_duration(duration d);

// Lower-case hex of the bytes of `data`.
[[nodiscard]] std::string to_hex(std::string_view data);
[[nodiscard]] std::string to_base64(std::string_view data);
// Empty if `s` is not canonical base64 (white space is skipped).
[[nodiscard]] std::optional<std::string> from_base64(std::string_view s);

// Percent-encodes every byte outside [A-Za-z0-9_.-~].
[[nodiscard]] std::string percent_encode(std::string_view s);

// "2026-11-23T06:46:10Z"; fractions of a second are cut off.
[[nodiscard]] std::string format_utc(wall_time t);

// ISO 8601 date and time with seconds, optional fraction, and "Z", an offset or nothing (read as
// UTC). Empty if it is not one or a field is out of range. Years outside 1678..2261, which
// wall_time cannot hold ("0001-01-01T00:00:00Z" is the Unknown Time of TR-106 §3.2.1), give its
// nearest end.
[[nodiscard]] std::optional<wall_time> parse_date_time(std::string_view s) noexcept;

// The candidate closest to `word` by edit distance, if it is close enough to be a typing error.
[[nodiscard]] std::optional<std::string_view> closest(std::string_view word,
                                                      std::span<const std::string_view> candidates);

// The whole of a file, at most `limit` bytes. The diagnostic names the file and the reason.
[[nodiscard]] checked<std::string> read_file(const std::string& path, std::size_t limit);

// Writes a file so that readers see the old or the new contents, never a part: temporary file in
// the same folder, fsync, rename. An existing file's permissions are kept. The diagnostic names
// the file and the reason (disk full, ...).
[[nodiscard]] checked<void> write_file(const std::string& path, std::string_view contents);

} // namespace cpestorm::base
