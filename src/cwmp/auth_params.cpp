#include "cwmp/auth_params.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace cpestorm::cwmp {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool is_token_char(char c) noexcept
{
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
}

} // namespace

void auth_scanner::skip(std::string_view any_of) noexcept
{
    rest_.remove_prefix(std::min(rest_.find_first_not_of(any_of), rest_.size()));
}

std::string_view auth_scanner::take_token() noexcept
{
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token_char);
    const auto token = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(token.size());
    return token;
}

std::string auth_scanner::take_value()
{
    if (!rest_.starts_with('"')) {
        // Longer than a token, so that "uri=/a?b=c" is understood without its quotes.
        const auto end = std::min(rest_.find_first_of(", \t\r\n"), rest_.size());
        std::string value(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return value;
    }
    rest_.remove_prefix(1);
    std::string value;
    while (!rest_.empty() && rest_.front() != '"') {
        if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
        value += rest_.front();
        rest_.remove_prefix(1);
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return value;
}

std::optional<auth_scanner::piece> auth_scanner::next()
{
    for (;;) {
        skip(" \t\r\n,");
        if (rest_.empty()) return std::nullopt;
        const auto name = take_token();
        if (name.empty()) {
            rest_.remove_prefix(1); // belongs to nothing
            continue;
        }
        const auto after_name = rest_;
        skip(blanks);
        if (!rest_.starts_with('=')) {
            rest_ = after_name;
            return piece{name, std::nullopt};
        }
        rest_.remove_prefix(1);
        skip(blanks);
        return piece{name, take_value()};
    }
}

std::string_view auth_scanner::rest() const noexcept
{
    return base::trim(rest_);
}

void append_quoted(std::string& out, std::string_view name, std::string_view value)
{
    out += name;
    out += "=\"";
    for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

} // namespace cpestorm::cwmp
