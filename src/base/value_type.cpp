#include "base/value_type.hpp"

#include <array>

namespace cpestorm::base {
namespace {

struct row {
    value_type type;
    std::string_view name;
    std::string_view xsi;
};

constexpr std::array rows{
    row{value_type::string, "string", "xsd:string"},
    row{value_type::int_, "int", "xsd:int"},
    row{value_type::unsigned_int, "unsignedInt", "xsd:unsignedInt"},
    row{value_type::long_, "long", "xsd:long"},
    row{value_type::unsigned_long, "unsignedLong", "xsd:unsignedLong"},
    row{value_type::boolean, "boolean", "xsd:boolean"},
    row{value_type::date_time, "dateTime", "xsd:dateTime"},
    row{value_type::base64, "base64", "soap-enc:base64"},
    row{value_type::hex_binary, "hexBinary", "xsd:hexBinary"},
    row{value_type::decimal, "decimal", "xsd:decimal"},
};

constexpr char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

} // namespace

std::string_view type_name(value_type t) noexcept
{
    return rows[static_cast<std::size_t>(t)].name;
}

std::string_view xsi_type_name(value_type t) noexcept
{
    return rows[static_cast<std::size_t>(t)].xsi;
}

std::optional<value_type> parse_type_name(std::string_view name) noexcept
{
    if (auto colon = name.rfind(':'); colon != name.npos) name.remove_prefix(colon + 1);
    for (const auto& r : rows)
        if (same_ignoring_case(r.name, name)) return r.type;
    if (same_ignoring_case("base64Binary", name)) return value_type::base64;
    if (same_ignoring_case("float", name) || same_ignoring_case("double", name))
        return value_type::decimal;
    return std::nullopt;
}

} // namespace cpestorm::base
