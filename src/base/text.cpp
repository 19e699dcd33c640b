#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace cpestorm::base {
namespace {

constexpr char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The whole of `s` as a number; from_chars itself takes '-' but no '+'.
template <class Int>
std::optional<Int> parse_integer(std::string_view s) noexcept
{
    if (s.starts_with('+')) {
        s.remove_prefix(1);
        if (s.starts_with('-')) return std::nullopt;
    }
    Int n{};
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
    if (error != std::errc{} || end != s.data() + s.size()) return std::nullopt;
    return n;
}

} // namespace

bool iequals(std::string_view a, std::string_view b) noexcept
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view s) noexcept
{
    constexpr std::string_view space = " \t\r\n";
    const auto first = s.find_first_not_of(space);
    if (first == s.npos) return s.substr(s.size());
    return s.substr(first, s.find_last_not_of(space) - first + 1);
}

std::optional<std::uint64_t> parse_unsigned(std::string_view s) noexcept
{
    return parse_integer<std::uint64_t>(s);
}

std::optional<std::int64_t> parse_signed(std::string_view s) noexcept
{
    return parse_integer<std::int64_t>(s);
}

std::size_t valid_utf8_prefix(std::string_view s) noexcept
{
    std::size_t i = 0;
    while (i != s.size()) {
        const auto lead = static_cast<unsigned char>(s[i]);
        const std::size_t more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || s.size() - i <= more) return i;
        // The second byte's range excludes overlong forms, surrogates and numbers over 10FFFF.
        unsigned char low = 0x80, high = 0xBF;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
        for (std::size_t k = 1; k <= more; ++k) {
            const auto c = static_cast<unsigned char>(s[i + k]);
            if (c < low || c > high) return i;
            low = 0x80;
            high = 0xBF;
        }
        i += more + 1;
    }
    return i;
}

std::size_t count_characters(std::string_view s) noexcept
{
    return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80; // not a continuation byte
    }));
}

void append_number(std::string& out, std::uint64_t n)
{
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr;
    out.append(digits.data(), end);
}

std::string to_hex(std::string_view data)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * data.size());
    for (char c : data) {
        const auto u = static_cast<unsigned char>(c);
        out += digits[u >> 4];
        out += digits[u & 15];
    }
    return out;
}

std::string percent_encode(std::string_view s)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char c : s) {
        const auto u = static_cast<unsigned char>(c);
        const char l = lower(c);
        if ((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' ||
            c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[u >> 4];
            out += digits[u & 15];
        }
    }
    return out;
}

namespace {

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::string to_base64(std::string_view data)
{
    std::string out;
    out.reserve((data.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < data.size(); i += 3) {
        const std::size_t n = std::min<std::size_t>(3, data.size() - i);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k != 3; ++k)
            bits = bits << 8 | (k < n ? static_cast<unsigned char>(data[i + k]) : 0u);
        for (std::size_t k = 0; k != 4; ++k)
            out += k <= n ? base64_digits[bits >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view s)
{
    std::string out;
    std::uint32_t bits = 0;
    unsigned digits = 0, padding = 0; // of the current group of four
    for (char c : s) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (padding != 0 && digits + padding == 4) return std::nullopt; // text after the padding
        if (c == '=') {
            if (digits < 2) return std::nullopt;
            ++padding;
            bits <<= 6;
        } else {
            const auto digit = base64_digits.find(c);
            if (digit == base64_digits.npos || padding != 0) return std::nullopt;
            ++digits;
            bits = bits << 6 | static_cast<std::uint32_t>(digit);
        }
        if (digits + padding != 4) continue;
        const unsigned unused = 8 * padding; // bits that the padding makes meaningless
        if ((bits & ((1u << unused) - 1)) != 0) return std::nullopt;
        for (unsigned shift = 16;; shift -= 8) {
            if (shift < unused) break;
            out += static_cast<char>(bits >> shift & 0xFF);
            if (shift == 0) break;
        }
        if (padding == 0) digits = 0;
        bits = 0;
    }
    if (padding != 0 ? digits + padding != 4 : digits != 0) return std::nullopt;
    return out;
}

std::optional<std::string_view> closest(std::string_view word,
                                        std::span<const std::string_view> candidates)
{
    // Edit distance that counts a swap of neighbours as one step (optimal string alignment).
    const auto distance = [word](std::string_view other) {
        std::vector<std::size_t> before(other.size() + 1), last(other.size() + 1),
            row(other.size() + 1);
        for (std::size_t j = 0; j <= other.size(); ++j)
            row[j] = j;
        for (std::size_t i = 1; i <= word.size(); ++i) {
            before.swap(last);
            last.swap(row);
            row[0] = i;
            for (std::size_t j = 1; j <= other.size(); ++j) {
                const char a = lower(word[i - 1]), b = lower(other[j - 1]);
                row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b)});
                if (i > 1 && j > 1 && a == lower(other[j - 2]) && b == lower(word[i - 2]))
                    row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        return row[other.size()];
    };
    // One error in a short word, one in three letters of a longer one.
    const std::size_t tolerated = std::max<std::size_t>(1, word.size() / 3);
    std::optional<std::string_view> best;
    std::size_t best_distance = tolerated + 1;
    for (auto candidate : candidates) {
        const auto difference = candidate.size() > word.size() ? candidate.size() - word.size()
                                                               : word.size() - candidate.size();
        if (difference >= best_distance) continue;
        if (const auto d = distance(candidate); d < best_distance) {
            best_distance = d;
            best = candidate;
        }
    }
    return best;
}

} // namespace cpestorm::base
