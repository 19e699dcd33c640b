#pragma once

// Reading a method's arguments: what every reader of a message shares.

#include "soap/rpc.hpp"
#include "soap/xml.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cpestorm::soap {

// What decode() tolerates and tells. One fixed phrase each, because they become keys of reports.
namespace deviation {
inline constexpr std::string_view trailing_zeros = "zero bytes after the envelope";
inline constexpr std::string_view not_utf8 = "bytes are not UTF-8";
inline constexpr std::string_view envelope_namespace = "SOAP namespace not declared";
inline constexpr std::string_view method_namespace = "CWMP namespace not declared";
inline constexpr std::string_view later_namespace = "CWMP namespace cwmp-1-3 or cwmp-1-4";
inline constexpr std::string_view id_missing = "ID missing";
inline constexpr std::string_view id_not_marked = "ID without mustUnderstand";
inline constexpr std::string_view header_unknown = "header element unknown";
inline constexpr std::string_view header_value = "header value unreadable";
inline constexpr std::string_view argument_missing = "argument missing";
inline constexpr std::string_view argument_qualified = "argument with a prefix";
inline constexpr std::string_view boolean_spelling = "boolean misspelt";
inline constexpr std::string_view array_type_missing = "arrayType missing";
inline constexpr std::string_view array_count = "arrayType count differs";
inline constexpr std::string_view array_member = "array member misnamed";
inline constexpr std::string_view value_untyped = "xsi:type missing";
inline constexpr std::string_view value_type_unknown = "xsi:type unknown";
inline constexpr std::string_view fault_without_detail = "Fault without CWMP detail";
} // namespace deviation

// Reads arguments and remembers the first that makes the message useless. After a failure reading
// goes on harmlessly, so that readers need not check each step: ask failed() at the end.
class argument_reader {
public:
    // Appends to `deviations` unless it is null, each phrase at most once.
    explicit argument_reader(std::vector<std::string_view>* deviations);

    void deviates(std::string_view phrase);

    // Notes that the argument `name` spoils the message; the first call wins.
    void fail(std::string_view name, std::string_view why);
    [[nodiscard]] bool failed() const noexcept { return !why_.empty(); }
    [[nodiscard]] const std::string& culprit() const noexcept { return culprit_; }
    [[nodiscard]] std::string_view why() const noexcept { return why_; }

    // The child `name` of `parent`. Required: fails if it is missing. Optional: a deviation.
    [[nodiscard]] element required(element parent, std::string_view name);
    [[nodiscard]] element optional(element parent, std::string_view name);

    // Text, white space kept; a missing optional one reads as empty.
    [[nodiscard]] std::string required_text(element parent, std::string_view name);
    [[nodiscard]] std::string optional_text(element parent, std::string_view name);

    // A decimal number of 32 bits; anything else fails. A missing optional one reads as `missing`.
    [[nodiscard]] unsigned required_number(element parent, std::string_view name);
    [[nodiscard]] unsigned optional_number(element parent, std::string_view name,
                                           unsigned missing = 0);

    // A boolean, false if it is missing; anything but 0, 1, true, false (any case) fails.
    [[nodiscard]] bool optional_flag(element parent, std::string_view name);
    [[nodiscard]] std::optional<bool> to_flag(std::string_view text);

    // The members of the array `name`, whatever they are called, each read by
    // `read(argument_reader&, element)`. Fails if there is no such child.
    template <class Read>
    auto list(element parent, std::string_view name, std::string_view member, Read read)
    {
        std::vector<std::invoke_result_t<Read&, argument_reader&, element>> all;
        const element array = required(parent, name);
        all.reserve(check_array(array, member));
        for (element e = array.first(); e && !failed(); e = e.next())
            all.push_back(read(*this, e));
        return all;
    }

private:
    [[nodiscard]] unsigned number(element e, std::string_view name);
    // Notes what is odd about an array; returns the number of its members.
    std::size_t check_array(element array, std::string_view member);

    std::vector<std::string_view>* deviations_;
    std::size_t first_deviation_; // of this message in *deviations_
    std::string culprit_;
    std::string_view why_;
};

// Members of arrays that several methods share.
[[nodiscard]] parameter_value read_parameter_value(argument_reader& in, element e);
[[nodiscard]] std::string read_string(argument_reader& in, element e);

// One reader per message; `e` is the body's child. Methods without arguments share the first.
template <class T>
    requires std::is_empty_v<T>
void read(argument_reader&, element, T&)
{
}
void read(argument_reader& in, element e, inform& m);
void read(argument_reader& in, element e, inform_response& m);
void read(argument_reader& in, element e, transfer_complete& m);
void read(argument_reader& in, element e, get_rpc_methods_response& m);
void read(argument_reader& in, element e, set_parameter_values& m);
void read(argument_reader& in, element e, set_parameter_values_response& m);
void read(argument_reader& in, element e, get_parameter_values& m);
void read(argument_reader& in, element e, get_parameter_values_response& m);
void read(argument_reader& in, element e, get_parameter_names& m);
void read(argument_reader& in, element e, get_parameter_names_response& m);
void read(argument_reader& in, element e, set_parameter_attributes& m);
void read(argument_reader& in, element e, get_parameter_attributes& m);
void read(argument_reader& in, element e, get_parameter_attributes_response& m);
void read(argument_reader& in, element e, add_object& m);
void read(argument_reader& in, element e, add_object_response& m);
void read(argument_reader& in, element e, delete_object& m);
void read(argument_reader& in, element e, delete_object_response& m);
void read(argument_reader& in, element e, reboot& m);
void read(argument_reader& in, element e, download& m);
void read(argument_reader& in, element e, download_response& m);
void read(argument_reader& in, element e, fault& m);

} // namespace cpestorm::soap
