#include "base/json_tree.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace cpestorm::base::json {
namespace {

std::string_view kind_name(kind k) noexcept
{
    switch (k) {
    case kind::null:
        return "null";
    case kind::boolean:
        return "true or false";
    case kind::number:
        return "a number";
    case kind::string:
        return "a string";
    case kind::array:
        return "an array";
    case kind::object:
        return "an object";
    }
    return "";
}

} // namespace

diagnostic tree::complain(std::size_t offset, std::string what) const
{
    const auto after = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
    const auto line = static_cast<std::size_t>(after - line_starts.begin());
    return {.where = name,
            .line = static_cast<unsigned>(line),
            .column = static_cast<unsigned>(offset - line_starts[line - 1] + 1),
            .what = std::move(what)};
}

kind value::type() const noexcept
{
    return document_->tree_->nodes[node_].type;
}

checked<bool> value::as_bool() const
{
    if (!is(kind::boolean)) return wrong_kind(kind::boolean);
    return document_->tree_->nodes[node_].truth;
}

checked<double> value::as_double() const
{
    if (!is(kind::number)) return wrong_kind(kind::number);
    const auto token = number_text();
    double d = 0;
    std::from_chars(token.data(), token.data() + token.size(), d); // checked when it was parsed
    return d;
}

checked<std::int64_t> value::as_int(std::int64_t min, std::int64_t max) const
{
    const std::string range = std::to_string(min) + " to " + std::to_string(max);
    if (!is(kind::number)) return complain("expected a whole number from " + range);
    const auto n = parse_signed(number_text());
    if (!n || *n < min || *n > max)
        return complain("expected a whole number from " + range + ", not " +
                        std::string(number_text()));
    return *n;
}

checked<std::string_view> value::as_string() const
{
    if (!is(kind::string)) return wrong_kind(kind::string);
    const auto& t = *document_->tree_;
    return std::string_view(t.strings).substr(t.nodes[node_].text, t.nodes[node_].size);
}

std::string_view value::number_text() const noexcept
{
    const auto& t = *document_->tree_;
    return t.text().substr(t.nodes[node_].text, t.nodes[node_].size);
}

std::size_t value::size() const noexcept
{
    return document_->tree_->nodes[node_].size;
}

value value::element(std::size_t i) const noexcept
{
    const auto& t = *document_->tree_;
    return {document_, t.members[t.nodes[node_].text + i].node};
}

std::string_view value::key(std::size_t i) const noexcept
{
    const auto& t = *document_->tree_;
    return t.key(t.members[t.nodes[node_].text + i]);
}

std::optional<value> value::find(std::string_view name) const noexcept
{
    if (!is(kind::object)) return std::nullopt;
    for (std::size_t i = 0; i != size(); ++i)
        if (key(i) == name) return element(i);
    return std::nullopt;
}

diagnostic value::complain(std::string what) const
{
    const auto& t = *document_->tree_;
    return t.complain(t.nodes[node_].where, std::move(what));
}

diagnostic value::complain_key(std::size_t i, std::string what) const
{
    const auto& t = *document_->tree_;
    return t.complain(t.members[t.nodes[node_].text + i].key_where, std::move(what));
}

diagnostic value::wrong_kind(kind expected) const
{
    return complain("expected " + std::string(kind_name(expected)) + ", not " +
                    std::string(is(kind::boolean) ? "a boolean" : kind_name(type())));
}

checked<void> value::expect_keys(std::initializer_list<std::string_view> known) const
{
    if (!is(kind::object)) return wrong_kind(kind::object);
    for (std::size_t i = 0; i != size(); ++i) {
        const auto name = key(i);
        if (name == "$comment" || name == "$schema") continue;
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        std::string what = "unknown key \"" + std::string(name) + '"';
        if (const auto near = closest(name, {known.begin(), known.size()}))
            what += "; did you mean \"" + std::string(*near) + "\"?";
        return complain_key(i, std::move(what));
    }
    return {};
}

} // namespace cpestorm::base::json
