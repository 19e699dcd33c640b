#pragma once

// The response of a Digest exchange (RFC 7616 §3.4), the same for both sides.

#include "cwmp/auth.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cpestorm::cwmp {

struct digest_input {
    digest_algorithm algorithm = digest_algorithm::md5;
    std::string_view realm;
    std::string_view nonce;
    std::string_view cnonce;      // used with qop and by the "-sess" algorithms
    std::string_view nonce_count; // 8 hex digits; empty: no qop (RFC 2069 form)
    std::string_view http_method;
    std::string_view uri;
};

// Lower-case hex.
[[nodiscard]] std::string digest_response(const digest_input& in, const credentials& who);

// Eight hex digits: how a nonce count is written.
[[nodiscard]] std::string to_hex32(std::uint32_t n);
[[nodiscard]] std::optional<std::uint32_t> parse_hex32(std::string_view s) noexcept;

// "MD5", "MD5-sess", "SHA-256", "SHA-256-sess"; parsed without regard to case.
[[nodiscard]] std::string_view name(digest_algorithm a) noexcept;
[[nodiscard]] std::optional<digest_algorithm> parse_digest_algorithm(std::string_view s) noexcept;
[[nodiscard]] bool is_session_algorithm(digest_algorithm a) noexcept;

} // namespace cpestorm::cwmp
