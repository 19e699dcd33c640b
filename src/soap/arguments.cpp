#include "soap/arguments.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <limits>

namespace cpestorm::soap {

argument_reader::argument_reader(std::vector<std::string_view>* deviations)
    : deviations_(deviations)
    , first_deviation_(deviations != nullptr ? deviations->size() : 0)
{
}

void argument_reader::deviates(std::string_view phrase)
{
    if (deviations_ == nullptr) return;
    const auto first = deviations_->begin() + static_cast<std::ptrdiff_t>(first_deviation_);
    if (std::find(first, deviations_->end(), phrase) == deviations_->end())
        deviations_->push_back(phrase);
}

void argument_reader::fail(std::string_view name, std::string_view why)
{
    if (failed()) return;
    culprit_ = name;
    why_ = why;
}

element argument_reader::required(element parent, std::string_view name)
{
    const element e = parent.child(name);
    if (!e) fail(name, "is missing");
    return e;
}

element argument_reader::optional(element parent, std::string_view name)
{
    const element e = parent.child(name);
    if (!e) deviates(deviation::argument_missing);
    return e;
}

std::string argument_reader::required_text(element parent, std::string_view name)
{
    return required(parent, name).text();
}

std::string argument_reader::optional_text(element parent, std::string_view name)
{
    return optional(parent, name).text();
}

unsigned argument_reader::number(element e, std::string_view name)
{
    const auto n = base::parse_unsigned(base::trim(e.text()));
    if (!n || *n > std::numeric_limits<std::uint32_t>::max()) {
        fail(name, "is not an unsigned 32-bit number");
        return 0;
    }
    return static_cast<unsigned>(*n);
}

unsigned argument_reader::required_number(element parent, std::string_view name)
{
    const element e = required(parent, name);
    return e ? number(e, name) : 0;
}

unsigned argument_reader::optional_number(element parent, std::string_view name, unsigned missing)
{
    const element e = optional(parent, name);
    return e ? number(e, name) : missing;
}

bool argument_reader::optional_flag(element parent, std::string_view name)
{
    const element e = optional(parent, name);
    if (!e) return false;
    const auto value = to_flag(e.text());
    if (!value) fail(name, "is not a boolean");
    return value.value_or(false);
}

std::optional<bool> argument_reader::to_flag(std::string_view text)
{
    text = base::trim(text);
    if (text == "1" || text == "true") return true;
    if (text == "0" || text == "false") return false;
    const bool yes = base::iequals(text, "true");
    if (!yes && !base::iequals(text, "false")) return std::nullopt;
    deviates(deviation::boolean_spelling);
    return yes;
}

std::size_t argument_reader::check_array(element array, std::string_view member)
{
    if (!array) return 0;
    std::size_t count = 0;
    for (element e = array.first(); e; e = e.next(), ++count)
        if (e.name() != member) deviates(deviation::array_member);

    const auto type = array.attribute("arrayType");
    if (!type) {
        deviates(deviation::array_type_missing);
        return count;
    }
    const std::size_t open = type->rfind('[');
    const std::size_t close = type->rfind(']');
    const bool bracketed = open != type->npos && close != type->npos && open < close;
    const auto size = bracketed ? type->substr(open + 1, close - open - 1) : std::string_view();
    if (base::parse_unsigned(base::trim(size)) != count) deviates(deviation::array_count);
    return count;
}

parameter_value read_parameter_value(argument_reader& in, element e)
{
    parameter_value p;
    p.name = in.required_text(e, "Name");
    const element value = in.required(e, "Value");
    p.value = value.text();
    const auto type = value.attribute("type");
    const auto known = type ? base::parse_type_name(*type) : std::nullopt;
    p.typed = known.has_value();
    p.type = known.value_or(value_type::string);
    if (value && !known)
        in.deviates(type ? deviation::value_type_unknown : deviation::value_untyped);
    return p;
}

std::string read_string(argument_reader&, element e)
{
    return e.text();
}

} // namespace cpestorm::soap
