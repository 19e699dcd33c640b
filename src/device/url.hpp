#pragma once

#include <cstdint>
#include <string_view>

namespace cpestorm::device {

enum class url_verdict : std::uint8_t {
    ok,
    malformed,    // no scheme, no host or too long
    other_scheme, // neither http nor https
    userinfo,     // "http://user:password@host/", which TR-069 forbids
};

// Whether a device can fetch from, or talk to, this URL. Not a full RFC 3986 parser: what is after
// the authority is the HTTP client's business.
[[nodiscard]] url_verdict check_url(std::string_view url) noexcept;

} // namespace cpestorm::device
