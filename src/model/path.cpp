#include "model/path.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <limits>

namespace cpestorm::model {
namespace {

constexpr std::string_view placeholder = "{i}";

bool is_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool is_name(std::string_view s) noexcept
{
    return !s.empty() && is_letter(s[0]) && std::all_of(s.begin(), s.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '-';
    });
}

// Cuts the first component off a path, dot included.
std::string_view take_component(std::string_view& path) noexcept
{
    const auto dot = std::min(path.find('.'), path.size());
    const auto component = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    return component;
}

} // namespace

std::string path_fault(std::string_view path)
{
    if (path.size() > base::limits::parameter_path_chars)
        return "longer than " + std::to_string(base::limits::parameter_path_chars) + " characters";
    bool after_name = false, after_number = false, first = true;
    for (std::string_view rest = path; first || !rest.empty(); first = false) {
        const auto component = take_component(rest);
        const bool number = is_instance_number(component);
        if (component == placeholder || number) {
            if (!after_name) return "an instance number must follow a name";
            if (!number && after_number) return "{i} cannot follow an instance number";
            after_number = after_number || number;
            after_name = false;
        } else if (is_name(component)) {
            after_name = true;
        } else {
            return "'" + std::string(component) + "' is no name, instance number or {i}";
        }
    }
    if (!path.ends_with('.') && !after_name) return "an object's path ends with a dot";
    return {};
}

bool is_instance_number(std::string_view s) noexcept
{
    if (s.empty() || !is_digit(s[0]) || s[0] == '0') return false;
    const auto n = base::parse_unsigned(s);
    return n && *n <= std::numeric_limits<std::uint32_t>::max();
}

std::string_view parent_path(std::string_view path) noexcept
{
    if (path.ends_with('.')) path.remove_suffix(1);
    return path.substr(0, path.rfind('.') + 1); // npos + 1 is 0
}

std::string_view last_component(std::string_view path) noexcept
{
    const auto parent = parent_path(path);
    path.remove_prefix(parent.size());
    if (path.ends_with('.')) path.remove_suffix(1);
    return path;
}

std::string generalized(std::string_view path)
{
    std::string out;
    for (std::string_view rest = path; !rest.empty();) {
        const auto before = rest.size();
        const auto component = take_component(rest);
        out += is_instance_number(component) ? placeholder : component;
        if (before - rest.size() > component.size()) out += '.';
    }
    return out;
}

bool is_template(std::string_view path) noexcept
{
    return path.find(placeholder) != path.npos;
}

std::vector<std::uint32_t> instance_numbers(std::string_view path)
{
    std::vector<std::uint32_t> out;
    while (!path.empty()) {
        const auto component = take_component(path);
        if (is_instance_number(component))
            out.push_back(static_cast<std::uint32_t>(*base::parse_unsigned(component)));
    }
    return out;
}

} // namespace cpestorm::model
