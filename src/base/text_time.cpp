#include "base/text.hpp"

#include <array>
#include <cstdio>

// Counts, durations and dates as text.

namespace cpestorm::base {
namespace {

using std::chrono::nanoseconds;

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

// Takes "12", "1.5" from the front of `s` and gives it times `unit`. Empty if there is no number,
// the product has a fraction or does not fit 63 bits.
std::optional<std::uint64_t> take_scaled(std::string_view& s, std::string_view rest_after,
                                         std::uint64_t unit) noexcept
{
    const std::string_view number = s.substr(0, s.size() - rest_after.size());
    const auto point = number.find('.');
    const auto whole = number.substr(0, point);
    if (whole.empty() || !is_digit(whole[0])) return std::nullopt;
    const auto n = parse_unsigned(whole);
    constexpr std::uint64_t max = INT64_MAX;
    if (!n || (*n != 0 && unit > max / *n)) return std::nullopt;
    std::uint64_t out = *n * unit;
    if (point != number.npos) {
        const auto fraction = number.substr(point + 1);
        if (fraction.empty()) return std::nullopt;
        for (char c : fraction) {
            if (!is_digit(c) || unit % 10 != 0) return std::nullopt;
            unit /= 10;
            out += static_cast<std::uint64_t>(c - '0') * unit;
        }
    }
    if (out > max) return std::nullopt;
    s = rest_after;
    return out;
}

std::string_view after_number(std::string_view s) noexcept
{
    std::size_t i = 0;
    while (i != s.size() && (is_digit(s[i]) || s[i] == '.'))
        ++i;
    return s.substr(i);
}

diagnostic complaint(std::string_view text, std::string_view what)
{
    return {.what = "'" + std::string(text) + "' " + std::string(what)};
}

} // namespace

checked<std::uint64_t> parse_count(std::string_view s)
{
    std::string_view rest = s;
    const auto suffix = after_number(s);
    std::optional<std::uint64_t> unit;
    if (suffix.empty())
        unit = 1;
    else if (iequals(suffix, "k"))
        unit = 1'000;
    else if (iequals(suffix, "m"))
        unit = 1'000'000;
    if (unit)
        if (auto n = take_scaled(rest, suffix, *unit)) return *n;
    return complaint(s, "is not a count; write a whole number, for example 250, 10k or 1.5m");
}

checked<duration> parse_duration(std::string_view s)
{
    struct unit {
        std::string_view name;
        nanoseconds length;
    };
    static constexpr std::array units{
        unit{"d", std::chrono::days(1)},          unit{"h", std::chrono::hours(1)},
        unit{"m", std::chrono::minutes(1)},       unit{"s", std::chrono::seconds(1)},
        unit{"ms", std::chrono::milliseconds(1)}, unit{"us", std::chrono::microseconds(1)},
    };
    constexpr std::string_view form =
        "is not a duration; write for example 250ms, 300s, 10m, 1h30m";
    if (s.empty()) return complaint(s, form);

    std::uint64_t total = 0;
    std::size_t next = 0; // units before this one are used up
    for (std::string_view rest = s; !rest.empty();) {
        const auto after = after_number(rest);
        if (after.size() == rest.size()) return complaint(s, form);
        if (after.empty())
            return complaint(s, "has no unit; write for example 250ms, 300s, 10m, 2h");
        std::size_t letters = 0;
        while (letters != after.size() && !is_digit(after[letters]) && after[letters] != '.')
            ++letters;
        const auto name = after.substr(0, letters);
        while (next != units.size() && units[next].name != name)
            ++next;
        if (next == units.size()) return complaint(s, form);
        const auto length = static_cast<std::uint64_t>(units[next++].length.count());
        const auto n = take_scaled(rest, after, length);
        if (!n) return complaint(s, form);
        rest.remove_prefix(letters);
        total += *n; // at most 6 terms below 2^63 each, checked after each
        if (total > static_cast<std::uint64_t>(INT64_MAX)) return complaint(s, "is too long");
    }
    return nanoseconds(static_cast<std::int64_t>(total));
}

std::string format_duration(duration d)
{
    using namespace std::chrono;
    const bool negative = d < duration::zero();
    std::uint64_t ns = static_cast<std::uint64_t>(duration_cast<nanoseconds>(d).count());
    if (negative) ns = 0 - ns;
    const auto rounded = [ns](std::uint64_t unit) { return (ns + unit / 2) / unit; };
    const auto two = [](std::uint64_t n, std::uint64_t ratio, const char* big, const char* small) {
        return std::to_string(n / ratio) + big + ' ' + std::to_string(n % ratio) + small;
    };

    std::string out;
    if (ns == 0)
        out = "0s";
    else if (ns < 1'000)
        out = std::to_string(ns) + "ns";
    else if (rounded(1'000) < 1'000)
        out = std::to_string(rounded(1'000)) + "us";
    else if (rounded(1'000'000) < 1'000)
        out = std::to_string(rounded(1'000'000)) + "ms";
    else if (const auto tenths = rounded(100'000'000); tenths < 600)
        out = std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + 's';
    else if (const auto s = rounded(1'000'000'000); s < 3'600)
        out = two(s, 60, "m", "s");
    else if (const auto m = rounded(60'000'000'000); m < 1'440)
        out = two(m, 60, "h", "m");
    else
        out = two(rounded(3'600'000'000'000), 24, "d", "h");
    return negative ? '-' + out : out;
}

std::string format_utc(wall_time t)
{
    using namespace std::chrono;
    const auto seconds_since_epoch = floor<seconds>(t);
    const auto day = floor<days>(seconds_since_epoch);
    const year_month_day date(day);
    const hh_mm_ss time(seconds_since_epoch - day);
    std::array<char, 40> text;
    const int n = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(n)};
}

namespace {

// Reads a dateTime from left to right; each step takes its text or fails.
class date_time_reader {
public:
    explicit date_time_reader(std::string_view s) noexcept
        : rest_(s)
    {
    }

    bool literal(char c) noexcept
    {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool number(std::size_t digits, int min, int max, int& out) noexcept
    {
        if (rest_.size() < digits) return false;
        out = 0;
        for (char c : rest_.substr(0, digits)) {
            if (!is_digit(c)) return false;
            out = 10 * out + (c - '0');
        }
        rest_.remove_prefix(digits);
        return out >= min && out <= max;
    }

    // ".123456789..." or nothing, as nanoseconds.
    bool fraction(nanoseconds& out) noexcept
    {
        out = nanoseconds(0);
        if (!literal('.')) return true;
        if (rest_.empty() || !is_digit(rest_[0])) return false;
        for (nanoseconds unit(100'000'000); !rest_.empty() && is_digit(rest_[0]); unit /= 10) {
            out += (rest_[0] - '0') * unit;
            rest_.remove_prefix(1);
        }
        return true;
    }

    // "Z", "+hh:mm", "-hh:mm" or nothing, up to the end.
    bool zone(std::chrono::minutes& out) noexcept
    {
        out = std::chrono::minutes(0);
        if (rest_.empty()) return true;
        if (literal('Z')) return rest_.empty();
        const int sign = rest_[0] == '-' ? -1 : 1;
        int hours = 0, minutes = 0;
        if (!literal('+') && !literal('-')) return false;
        if (!number(2, 0, 14, hours) || !literal(':') || !number(2, 0, 59, minutes)) return false;
        out = sign * std::chrono::minutes(60 * hours + minutes);
        return rest_.empty() && 60 * hours + minutes <= 14 * 60;
    }

private:
    std::string_view rest_;
};

} // namespace

std::optional<wall_time> parse_date_time(std::string_view s) noexcept
{
    using namespace std::chrono;
    date_time_reader in(s);
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, sec = 0;
    nanoseconds fraction{};
    minutes offset{};
    const bool read = in.number(4, 1, 9999, y) && in.literal('-') && in.number(2, 1, 12, mo) &&
                      in.literal('-') && in.number(2, 1, 31, d) && in.literal('T') &&
                      in.number(2, 0, 24, h) && in.literal(':') && in.number(2, 0, 59, mi) &&
                      in.literal(':') && in.number(2, 0, 59, sec) && in.fraction(fraction) &&
                      in.zone(offset);
    if (!read) return std::nullopt;
    const year_month_day date(year(y), month(static_cast<unsigned>(mo)),
                              day(static_cast<unsigned>(d)));
    if (!date.ok()) return std::nullopt;
    // XML Schema has 24:00:00 for the end of a day, and nothing after it.
    if (h == 24 && (mi != 0 || sec != 0 || fraction != nanoseconds(0))) return std::nullopt;
    if (y < 1678) return wall_time::min();
    if (y > 2261) return wall_time::max();
    return wall_time(sys_days(date)) + hours(h) + minutes(mi) + seconds(sec) + fraction - offset;
}

} // namespace cpestorm::base
