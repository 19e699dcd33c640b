#pragma once

// As much of URLs as a session needs: where a redirect leads, whether that is another server, and
// which request-target a digest covers.

#include <optional>
#include <string>
#include <string_view>

namespace cpestorm::cwmp {

// Views into the text that was split.
struct url_parts {
    bool tls = false;           // https
    std::string_view authority; // "host" or "host:port", without user info
    std::string_view target;    // path and query; empty or "?query" if there is no path
};

// Splits an absolute http or https URL; empty if it is none.
[[nodiscard]] std::optional<url_parts> split_url(std::string_view url) noexcept;

// The path and query a request for `url` names, "/" if it has none; a fragment is left out.
[[nodiscard]] std::string request_target(std::string_view url);

// True if both URLs lead to the same server: scheme, host and port (80 or 443 if left out).
[[nodiscard]] bool same_origin(std::string_view a, std::string_view b) noexcept;

// Where `location` (absolute, or relative to `from`) leads, RFC 3986 §5.2 without dot segments.
// Empty if it is neither or exceeds limits::url_bytes.
[[nodiscard]] std::optional<std::string> follow_location(std::string_view from,
                                                         std::string_view location);

} // namespace cpestorm::cwmp
