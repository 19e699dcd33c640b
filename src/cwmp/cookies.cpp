#include "cwmp/cookies.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace cpestorm::cwmp {
namespace {

// Takes the text before `separator` off the front of `s`, trimmed.
std::string_view take_until(std::string_view& s, char separator) noexcept
{
    const auto at = s.find(separator);
    const auto out = base::trim(s.substr(0, at));
    s = at == s.npos ? std::string_view() : s.substr(at + 1);
    return out;
}

// True if the date names a year up to 2000, as servers write to delete a cookie.
bool long_past(std::string_view date) noexcept
{
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i + 4 <= date.size(); ++i) {
        if (!std::ranges::all_of(date.substr(i, 4), is_digit)) continue;
        const auto year = base::parse_unsigned(date.substr(i, 4));
        return *year <= 2000;
    }
    // "Thu, 01-Jan-70 00:00:00 GMT": RFC 6265 reads 70 to 99 as 19xx.
    const auto dash = date.rfind('-');
    return dash != date.npos && dash + 2 < date.size() && is_digit(date[dash + 1]) &&
           is_digit(date[dash + 2]) && date[dash + 1] >= '7';
}

bool deletes(std::string_view attributes) noexcept
{
    std::optional<bool> by_age;
    bool by_date = false;
    while (!attributes.empty()) {
        auto attribute = take_until(attributes, ';');
        const auto name = take_until(attribute, '=');
        const auto value = base::trim(attribute);
        if (base::iequals(name, "Max-Age")) {
            const auto age = base::parse_signed(value);
            if (age) by_age = *age <= 0;
        } else if (base::iequals(name, "Expires")) {
            by_date = long_past(value);
        }
    }
    return by_age.value_or(by_date); // Max-Age wins, RFC 6265 §5.3
}

bool sendable(std::string_view s) noexcept
{
    return std::ranges::none_of(s, [](unsigned char c) { return c < ' ' || c == 0x7f; });
}

} // namespace

void cookie_jar::take(std::string_view set_cookie)
{
    auto value = take_until(set_cookie, ';');
    if (value.find('=') == value.npos) return;
    const auto name = take_until(value, '=');
    value = base::trim(value);
    if (name.empty() || !sendable(name) || !sendable(value)) return;
    erase(name);
    if (deletes(set_cookie)) return;
    if (header_.size() + name.size() + value.size() + 3 > base::limits::http_cookie_bytes) return;
    if (!header_.empty()) header_ += "; ";
    header_.append(name).append("=").append(value);
}

void cookie_jar::erase(std::string_view name)
{
    for (std::size_t at = 0; at < header_.size();) {
        const auto end = std::min(header_.find("; ", at), header_.size());
        const auto next = std::min(end + 2, header_.size());
        if (std::string_view(header_).substr(at, end - at).substr(0, name.size() + 1) ==
            std::string(name) + "=") {
            header_.erase(at, next - at);
            if (header_.ends_with("; ")) header_.resize(header_.size() - 2);
            return;
        }
        at = next;
    }
}

} // namespace cpestorm::cwmp
