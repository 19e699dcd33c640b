#include "model/value.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace cpestorm::model {
namespace {

using base::trim;

// What XML 1.0 can carry: UTF-8 without control characters other than tab, LF and CR.
bool is_text(std::string_view s) noexcept
{
    const auto bad = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    };
    return std::none_of(s.begin(), s.end(), bad) && base::valid_utf8_prefix(s) == s.size();
}

bool length_fits(const facets& f, std::size_t n) noexcept
{
    return n >= f.min_length.value_or(0) &&
           n <= f.max_length.value_or(std::numeric_limits<std::uint32_t>::max());
}

bool in_enumeration(const facets& f, std::string_view item)
{
    return f.enumeration.empty() ||
           std::find(f.enumeration.begin(), f.enumeration.end(), item) != f.enumeration.end();
}

bool is_valid_list(const facets& f, std::string_view text)
{
    if (text.empty()) return true;
    for (;;) {
        const auto comma = text.find(',');
        const auto item = trim(text.substr(0, comma));
        if (item.empty() || !in_enumeration(f, item)) return false;
        if (comma == text.npos) return true;
        text.remove_prefix(comma + 1);
    }
}

bool is_valid_signed(const facets& f, std::string_view text, std::int64_t min, std::int64_t max)
{
    const auto n = base::parse_signed(text);
    return n && *n >= std::max(min, f.min.value_or(min)) &&
           *n <= std::min(max, f.max.value_or(max));
}

bool is_valid_unsigned(const facets& f, std::string_view text, std::uint64_t max)
{
    const auto n = base::parse_unsigned(text);
    if (!n || *n > max) return false;
    if (f.max && (*f.max < 0 || *n > static_cast<std::uint64_t>(*f.max))) return false;
    return !f.min || *f.min <= 0 || *n >= static_cast<std::uint64_t>(*f.min);
}

bool is_hex(std::string_view s) noexcept
{
    return s.size() % 2 == 0 && s.find_first_not_of("0123456789abcdefABCDEF") == s.npos;
}

// XML Schema's decimal: optional sign, digits with at most one point, at least one digit.
bool is_valid_decimal(const facets& f, std::string_view s)
{
    if (s.starts_with('+') || s.starts_with('-')) {
        if (s.find_first_of("+-", 1) != s.npos) return false;
    }
    const auto number = s.substr(s.starts_with('+') ? 1 : 0);
    const auto digits = number.substr(number.starts_with('-') ? 1 : 0);
    if (digits.find_first_not_of("0123456789.") != digits.npos ||
        std::count(digits.begin(), digits.end(), '.') > 1 ||
        digits.find_first_of("0123456789") == digits.npos)
        return false;
    double d = 0;
    const auto read =
        std::from_chars(number.data(), number.data() + number.size(), d, std::chars_format::fixed);
    if (read.ec != std::errc{}) return false;
    return (!f.min || d >= static_cast<double>(*f.min)) &&
           (!f.max || d <= static_cast<double>(*f.max));
}

} // namespace

bool is_valid(value_type type, const facets& f, std::string_view text)
{
    using i32 = std::numeric_limits<std::int32_t>;
    using i64 = std::numeric_limits<std::int64_t>;
    const auto collapsed = trim(text);
    switch (type) {
    case value_type::string:
        if (!is_text(text) || !length_fits(f, base::count_characters(text))) return false;
        return f.list ? is_valid_list(f, text) : in_enumeration(f, text);
    case value_type::int_:
        return is_valid_signed(f, collapsed, i32::min(), i32::max());
    case value_type::long_:
        return is_valid_signed(f, collapsed, i64::min(), i64::max());
    case value_type::unsigned_int:
        return is_valid_unsigned(f, collapsed, std::numeric_limits<std::uint32_t>::max());
    case value_type::unsigned_long:
        return is_valid_unsigned(f, collapsed, std::numeric_limits<std::uint64_t>::max());
    case value_type::boolean:
        return collapsed == "0" || collapsed == "1" || collapsed == "true" || collapsed == "false";
    case value_type::date_time:
        return base::parse_date_time(collapsed).has_value();
    case value_type::base64: {
        const auto bytes = base::from_base64(text);
        return bytes && length_fits(f, bytes->size());
    }
    case value_type::hex_binary:
        return is_hex(collapsed) && length_fits(f, collapsed.size() / 2);
    case value_type::decimal:
        return is_valid_decimal(f, collapsed);
    }
    return false;
}

std::string canonical(value_type type, std::string_view text)
{
    switch (type) {
    case value_type::string:
        return std::string(text);
    case value_type::int_:
    case value_type::long_:
        if (const auto n = base::parse_signed(trim(text))) return std::to_string(*n);
        break;
    case value_type::unsigned_int:
    case value_type::unsigned_long:
        if (const auto n = base::parse_unsigned(trim(text))) return std::to_string(*n);
        break;
    case value_type::boolean:
        if (trim(text) == "0") return "false";
        if (trim(text) == "1") return "true";
        break;
    default:
        break;
    }
    return std::string(trim(text));
}

std::string empty_value(value_type type, const facets& f)
{
    switch (type) {
    case value_type::string:
        if (f.list || f.enumeration.empty()) return std::string(f.min_length.value_or(0), ' ');
        return f.enumeration.front();
    case value_type::int_:
    case value_type::long_:
    case value_type::unsigned_int:
    case value_type::unsigned_long:
    case value_type::decimal:
        if (f.min && *f.min > 0) return std::to_string(*f.min);
        if (f.max && *f.max < 0) return std::to_string(*f.max);
        return "0";
    case value_type::boolean:
        return "false";
    case value_type::date_time:
        return "0001-01-01T00:00:00Z"; // Unknown Time (TR-106 §3.2.1)
    case value_type::hex_binary:
        return std::string(2 * std::size_t{f.min_length.value_or(0)}, '0');
    case value_type::base64:
        return base::to_base64(std::string(f.min_length.value_or(0), '\0'));
    }
    return {};
}

} // namespace cpestorm::model
