#include "report/format.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>

namespace cpestorm::report {
namespace {

constexpr std::size_t title_width = 12; // "  GENERATOR "

[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...)
{
    std::array<char, 64> text;
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text.data(), text.size(), format, arguments);
    va_end(arguments);
    return text.data();
}

std::string three_digits(double value, const char* unit)
{
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return formatted("%.*f%s", decimals, value, unit);
}

// Whether a control character of ISO 6429 in either form starts here: one byte, or C2 80..9F.
std::size_t control_size(std::string_view s) noexcept
{
    const auto c = static_cast<unsigned char>(s[0]);
    if (c < 0x20 || c == 0x7F) return 1;
    const bool c1 = c == 0xC2 && s.size() > 1 && static_cast<unsigned char>(s[1]) < 0xA0;
    return c1 ? 2 : 0;
}

} // namespace

std::string with_separators(std::uint64_t n)
{
    auto digits = std::to_string(n);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

std::string short_time(std::uint64_t us)
{
    const auto value = static_cast<double>(us);
    if (us < 1'000) return std::to_string(us) + "us";
    if (us < 999'500) return three_digits(value / 1e3, "ms");
    if (us < 999'500'000) return three_digits(value / 1e6, "s");
    return with_separators((us + 500'000) / 1'000'000) + "s";
}

std::string short_bytes(std::uint64_t bytes)
{
    if (bytes < 1'024) return std::to_string(bytes) + " B";
    constexpr std::array units{" KiB", " MiB", " GiB", " TiB", " PiB", " EiB"};
    auto value = static_cast<double>(bytes) / 1'024;
    std::size_t unit = 0;
    for (; value >= 1'023.95 && unit + 1 < units.size(); ++unit)
        value /= 1'024;
    return formatted("%.1f%s", value, units[unit]);
}

std::string percent(std::uint64_t part, std::uint64_t whole)
{
    if (whole == 0) return "-";
    const auto exact = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    if (part > 0 && exact < 0.05) return "<0.1 %";
    if (part < whole && exact >= 99.95) return ">99.9 %";
    return formatted("%.1f %%", exact);
}

std::string per_second(std::uint64_t n, base::duration time)
{
    if (time <= base::duration::zero()) return "-";
    const auto rate = static_cast<double>(n) / std::chrono::duration<double>(time).count();
    const auto tenths = static_cast<std::uint64_t>(rate * 10 + 0.5);
    return with_separators(tenths / 10) + '.' + std::to_string(tenths % 10);
}

std::string printable(std::string_view text, std::size_t width)
{
    std::string out;
    while (!text.empty()) {
        const auto valid = base::valid_utf8_prefix(text);
        auto good = text.substr(0, valid);
        while (!good.empty()) {
            const auto bad = control_size(good);
            out += bad == 0 ? good[0] : '?';
            good.remove_prefix(std::max<std::size_t>(bad, 1));
        }
        text.remove_prefix(valid);
        if (text.empty()) break;
        out += '?';
        text.remove_prefix(1);
    }
    if (base::count_characters(out) <= width) return out;
    const auto keep = width < 3 ? 0 : width - 3;
    std::size_t end = 0;
    for (std::size_t characters = 0; characters <= keep; ++end)
        if ((static_cast<unsigned char>(out[end]) & 0xC0u) != 0x80u) ++characters;
    return out.substr(0, end - 1) + "...";
}

block::block(std::string& out, std::string_view title)
    : out_(out)
    , column_(title_width)
{
    const auto start = out_.size();
    out_ += "  ";
    out_ += title;
    out_.resize(std::max(out_.size(), start + title_width - 1), ' ');
    out_ += ' ';
    column_ = out_.size() - start;
}

block::~block()
{
    out_ += '\n';
}

void block::next_line()
{
    out_ += '\n';
    out_.append(title_width, ' ');
    column_ = title_width;
    line_empty_ = true;
}

void block::item(std::string_view text)
{
    const auto size = base::count_characters(text);
    if (!line_empty_ && column_ + 3 + size > line_width) next_line();
    if (!line_empty_) {
        out_ += "   ";
        column_ += 3;
    }
    out_ += text;
    column_ += size;
    line_empty_ = false;
}

} // namespace cpestorm::report
