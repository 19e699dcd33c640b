#pragma once

// The simple types of CWMP data models (TR-106 §3.2.2), shared by `soap` (xsi:type) and `model`.

#include <cstdint>
#include <optional>
#include <string_view>

namespace cpestorm::base {

enum class value_type : std::uint8_t {
    string,
    int_,
    unsigned_int,
    long_,
    unsigned_long,
    boolean,
    date_time,
    base64,
    hex_binary,
    decimal,
};

// The name without prefix, as a profile writes it: "string", "unsignedInt", "dateTime", ...
[[nodiscard]] std::string_view type_name(value_type t) noexcept;

// The qualified name that `Value` elements carry: "xsd:string", "soap-enc:base64", ...
[[nodiscard]] std::string_view xsi_type_name(value_type t) noexcept;

// Reads a type name as ACSs, exports and profiles write it: any or no prefix ("xsd:", "xs:",
// "soap-enc:"), any letter case, "base64Binary" and "float" included. Empty if unknown.
[[nodiscard]] std::optional<value_type> parse_type_name(std::string_view name) noexcept;

} // namespace cpestorm::base
