#pragma once

// One SOAP envelope: CWMP header elements and one message (TR-069 §3.5).

#include "soap/rpc.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cpestorm::soap {

// The CWMP namespaces. CWMP 1.2, 1.3 and 1.4 share the last one.
enum class cwmp_namespace : std::uint8_t { cwmp_1_0, cwmp_1_1, cwmp_1_2 };

// "urn:dslforum-org:cwmp-1-0", ...
[[nodiscard]] std::string_view uri(cwmp_namespace ns) noexcept;

struct envelope {
    std::optional<std::string> id;           // cwmp:ID
    std::optional<bool> hold_requests;       // ACS only
    std::optional<unsigned> session_timeout; // Inform only, seconds, since 1.3
    std::string supported_versions;          // Inform only: "1.0,1.1,1.2,1.3,1.4", since 1.4
    std::string use_version;                 // InformResponse only, since 1.4
    cwmp_namespace ns = cwmp_namespace::cwmp_1_2;
    soap::message message;
    bool operator==(const envelope&) const = default;
};

} // namespace cpestorm::soap
