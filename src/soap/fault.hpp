#pragma once

// CWMP fault codes (TR-069 §A.5) and their standard texts.

#include <cstdint>
#include <string_view>

namespace cpestorm::soap {

namespace fault_code {
// CPE
inline constexpr unsigned method_not_supported = 9000;
inline constexpr unsigned request_denied = 9001;
inline constexpr unsigned internal_error = 9002;
inline constexpr unsigned invalid_arguments = 9003;
inline constexpr unsigned resources_exceeded = 9004;
inline constexpr unsigned invalid_parameter_name = 9005;
inline constexpr unsigned invalid_parameter_type = 9006;
inline constexpr unsigned invalid_parameter_value = 9007;
inline constexpr unsigned non_writable_parameter = 9008;
inline constexpr unsigned notification_rejected = 9009;
inline constexpr unsigned transfer_failure = 9010;
inline constexpr unsigned upload_failure = 9011;
inline constexpr unsigned transfer_authentication = 9012;
inline constexpr unsigned unsupported_transfer_protocol = 9013;
inline constexpr unsigned multicast_not_joined = 9014; // 9014..9019: since CWMP 1.1
inline constexpr unsigned file_server_unreachable = 9015;
inline constexpr unsigned file_not_accessible = 9016;
inline constexpr unsigned download_incomplete = 9017;
inline constexpr unsigned file_corrupted = 9018;
inline constexpr unsigned file_authentication = 9019;
inline constexpr unsigned time_windows_missed = 9020; // 9020, 9021: since CWMP 1.2
inline constexpr unsigned cancel_not_permitted = 9021;
// ACS
inline constexpr unsigned acs_method_not_supported = 8000;
inline constexpr unsigned acs_request_denied = 8001;
inline constexpr unsigned acs_internal_error = 8002;
inline constexpr unsigned acs_invalid_arguments = 8003;
inline constexpr unsigned acs_resources_exceeded = 8004;
inline constexpr unsigned acs_retry_request = 8005;
inline constexpr unsigned acs_version_mismatch = 8006;
} // namespace fault_code

// "Invalid arguments"; "Vendor defined fault" for the vendor ranges; "Unknown fault" otherwise.
[[nodiscard]] std::string_view fault_text(unsigned code) noexcept;

// True if the SOAP faultcode of `code` is "Client" (the requester's mistake), else "Server".
[[nodiscard]] bool is_client_fault(unsigned code) noexcept;

} // namespace cpestorm::soap
