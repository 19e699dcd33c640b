#include "report/redact.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace cpestorm::report {
namespace {

bool names_a_secret(std::string_view option)
{
    std::string lower(option);
    for (auto& c : lower)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    constexpr std::array<std::string_view, 4> words{"password", "secret", "token", "key"};
    return std::any_of(words.begin(), words.end(),
                       [&](auto w) { return lower.find(w) != std::string::npos; });
}

std::string quoted(std::string_view argument)
{
    const bool plain =
        !argument.empty() && std::all_of(argument.begin(), argument.end(), [](unsigned char c) {
            return std::isalnum(c) || std::string_view("_-+=.,:/@%*").find(static_cast<char>(c)) !=
                                          std::string_view::npos;
        });
    if (plain) return std::string(argument);
    std::string out = "'";
    for (const char c : argument) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

} // namespace

std::string without_userinfo(std::string_view url)
{
    std::string out(url);
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return out;
    const auto authority = scheme + 3;
    const auto end = std::min(url.find_first_of("/?#", authority), url.size());
    const auto at = url.substr(0, end).rfind('@');
    if (at != std::string_view::npos && at >= authority) out.erase(authority, at + 1 - authority);
    return out;
}

std::string printable_command(std::span<const std::string> arguments)
{
    std::string out;
    bool hide = false; // the next argument is the value of a secret option
    for (const auto& argument : arguments) {
        if (!out.empty()) out += ' ';
        const auto equals = argument.find('=');
        const auto option = std::string_view(argument).substr(0, equals);
        const bool is_option = argument.starts_with('-');
        if (hide) {
            out += "***";
        } else if (equals != std::string::npos && names_a_secret(option)) {
            out += quoted(std::string(option) + "=***");
        } else if (equals != std::string::npos) {
            const auto value = std::string_view(argument).substr(equals + 1);
            out += quoted(std::string(option) + "=" + without_userinfo(value));
        } else {
            out += quoted(without_userinfo(argument));
        }
        hide = !hide && is_option && equals == std::string::npos && names_a_secret(option);
    }
    return out;
}

} // namespace cpestorm::report
