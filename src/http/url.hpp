#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace cpestorm::http {

// An absolute http or https URL, taken apart for a connection.
struct url {
    bool tls = false;
    std::string host; // name or address literal; IPv6 without brackets
    std::uint16_t port = 80;
    std::string target = "/"; // path and query as they go into the request line
    std::string host_header;  // host[:port], the port left out if it is the scheme's

    bool operator==(const url&) const = default;
};

// Parses `text`. A user name or password in it is ignored, a fragment too; an empty path is "/".
// The diagnostic says what is wrong with it.
[[nodiscard]] base::checked<url> parse_url(std::string_view text);

// An HTTP authority "ADDR:PORT", ":PORT" (any address) or "[v6]:PORT", as options take it.
struct authority {
    std::string address; // numeric
    std::uint16_t port = 0;
};
[[nodiscard]] base::checked<authority> parse_authority(std::string_view text);

} // namespace cpestorm::http
