#pragma once

// The hashes that HTTP authentication needs.

#include <string>
#include <string_view>

namespace cpestorm::cwmp {

// Lower-case hex. Empty if the library's policy forbids the hash (MD5 in FIPS mode).
[[nodiscard]] std::string md5_hex(std::string_view data);
[[nodiscard]] std::string sha256_hex(std::string_view data);
// HMAC-SHA-256 (RFC 2104), lower-case hex.
[[nodiscard]] std::string hmac_sha256_hex(std::string_view key, std::string_view data);

// Whether two secrets are equal. The time taken tells nothing about where they differ.
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

} // namespace cpestorm::cwmp
