#include "acs/script_reader.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

namespace cpestorm::acs {

using base::json::kind;

void script_reader::fail(base::diagnostic d)
{
    if (!failure_) failure_ = std::move(d);
}

void script_reader::allow_only(std::initializer_list<std::string_view> keys)
{
    if (const auto known = object_.expect_keys(keys); !known) fail(known.error());
}

std::optional<base::json::value> script_reader::find(std::string_view key) const
{
    return object_.find(key);
}

std::optional<base::json::value> script_reader::require(std::string_view key)
{
    auto member = object_.find(key);
    if (!member) fail(object_.complain("\"" + std::string(key) + "\" is missing"));
    return member;
}

std::string script_reader::text_of(const json_value& v, std::size_t max)
{
    const auto text = v.as_string();
    if (!text) {
        fail(text.error());
        return {};
    }
    if (base::count_characters(*text) > max)
        fail(v.complain("longer than " + std::to_string(max) + " characters"));
    return std::string(*text);
}

std::string script_reader::flaw_of_placeholders(std::string_view text) const
{
    for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("{root}")) continue;
        if (!rest.starts_with("{instance}"))
            return "unknown placeholder; there are {root} and {instance}";
        if (!may_use_instance_) return "{instance} needs an AddObject before it";
    }
    return {};
}

std::string script_reader::filled_text_of(const json_value& v, std::size_t max)
{
    std::string text = text_of(v, max);
    if (auto flaw = flaw_of_placeholders(text); !flaw.empty()) fail(v.complain(std::move(flaw)));
    return text;
}

std::string script_reader::text(std::string_view key, std::size_t max)
{
    const auto member = require(key);
    return member ? text_of(*member, max) : std::string();
}

std::string script_reader::optional_text(std::string_view key, std::size_t max)
{
    const auto member = find(key);
    return member ? text_of(*member, max) : std::string();
}

bool script_reader::optional_flag(std::string_view key)
{
    const auto member = find(key);
    if (!member) return false;
    const auto flag = member->as_bool();
    if (!flag) fail(flag.error());
    return flag && *flag;
}

std::uint32_t script_reader::number_of(const json_value& v, std::uint32_t min, std::uint32_t max)
{
    const auto number = v.as_int(min, max);
    if (!number) fail(number.error());
    return number ? static_cast<std::uint32_t>(*number) : 0;
}

std::uint32_t script_reader::optional_number(std::string_view key, std::uint32_t min,
                                             std::uint32_t max)
{
    const auto member = find(key);
    return member ? number_of(*member, min, max) : 0;
}

std::uint32_t script_reader::number(std::string_view key, std::uint32_t min, std::uint32_t max)
{
    const auto member = require(key);
    return member ? number_of(*member, min, max) : 0;
}

base::value_type script_reader::optional_type(std::string_view key)
{
    const auto member = find(key);
    if (!member) return base::value_type::string;
    const auto type = base::parse_type_name(text_of(*member, 64));
    if (!type) fail(member->complain("expected a type such as \"string\" or \"unsignedInt\""));
    return type.value_or(base::value_type::string);
}

std::string script_reader::path(std::string_view key)
{
    const auto member = require(key);
    return member ? filled_text_of(*member, base::limits::parameter_path_chars) : std::string();
}

std::string script_reader::value(std::string_view key)
{
    const auto member = require(key);
    return member ? filled_text_of(*member, base::limits::script_bytes) : std::string();
}

std::vector<std::string> script_reader::paths(std::string_view key)
{
    std::vector<std::string> all;
    const auto member = require(key);
    if (!member) return all;
    if (!member->is(kind::array) || member->size() == 0) {
        fail(member->complain("expected an array of at least one path"));
        return all;
    }
    for (std::size_t i = 0; i < member->size(); ++i)
        all.push_back(filled_text_of(member->element(i), base::limits::parameter_path_chars));
    return all;
}

std::vector<std::pair<std::string, base::json::value>> script_reader::members(std::string_view key)
{
    std::vector<std::pair<std::string, json_value>> all;
    const auto member = require(key);
    if (!member) return all;
    if (!member->is(kind::object) || member->size() == 0) {
        fail(member->complain("expected an object of at least one path"));
        return all;
    }
    for (std::size_t i = 0; i < member->size(); ++i) {
        const std::string_view path = member->key(i);
        auto flaw = flaw_of_placeholders(path);
        if (base::count_characters(path) > base::limits::parameter_path_chars)
            flaw = "a path has at most " + std::to_string(base::limits::parameter_path_chars) +
                   " characters";
        if (!flaw.empty()) fail(member->complain_key(i, std::move(flaw)));
        all.emplace_back(path, member->element(i));
    }
    return all;
}

} // namespace cpestorm::acs
