#include "device/software_version.hpp"

#include "base/text.hpp"

#include <optional>

namespace cpestorm::device {

namespace {

constexpr std::string_view digits = "0123456789";

// The first run of digits and inner dots that has both.
std::string_view dotted_number(std::string_view text)
{
    std::size_t from = 0;
    while ((from = text.find_first_of(digits, from)) != std::string_view::npos) {
        const std::size_t end = text.find_first_not_of("0123456789.", from);
        std::string_view run = text.substr(from, end == std::string_view::npos ? end : end - from);
        while (run.back() == '.')
            run.remove_suffix(1);
        if (run.find('.') != std::string_view::npos) return run;
        if (end == std::string_view::npos) break;
        from = end;
    }
    return {};
}

} // namespace

std::string version_after_upgrade(std::string_view old_version, std::string_view file_name)
{
    if (const std::string_view version = dotted_number(file_name); !version.empty())
        return std::string(version);
    const std::size_t last = old_version.find_last_of(digits);
    if (last == std::string_view::npos) return std::string(old_version) + ".1";
    const std::size_t before = old_version.find_last_not_of(digits, last);
    const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
    const auto number = base::parse_unsigned(old_version.substr(first, last + 1 - first));
    std::string next(old_version.substr(0, first));
    base::append_number(next, number.value_or(0) + 1);
    next += old_version.substr(last + 1);
    return next;
}

std::string_view file_name_of(std::string_view url) noexcept
{
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t slash = url.rfind('/');
    return slash == std::string_view::npos ? url : url.substr(slash + 1);
}

} // namespace cpestorm::device
