#pragma once

// The methods' names in the order of the `message` variant, so that an alternative's index finds
// its name and the other way round.

#include "soap/rpc.hpp"

#include <array>
#include <string_view>
#include <variant>

namespace cpestorm::soap {

// The last alternative, unknown_method, carries its own name.
inline constexpr std::array<std::string_view, std::variant_size_v<message> - 1> method_names{
    "Inform",
    "InformResponse",
    "TransferComplete",
    "TransferCompleteResponse",
    "GetRPCMethods",
    "GetRPCMethodsResponse",
    "SetParameterValues",
    "SetParameterValuesResponse",
    "GetParameterValues",
    "GetParameterValuesResponse",
    "GetParameterNames",
    "GetParameterNamesResponse",
    "SetParameterAttributes",
    "SetParameterAttributesResponse",
    "GetParameterAttributes",
    "GetParameterAttributesResponse",
    "AddObject",
    "AddObjectResponse",
    "DeleteObject",
    "DeleteObjectResponse",
    "Reboot",
    "RebootResponse",
    "FactoryReset",
    "FactoryResetResponse",
    "Download",
    "DownloadResponse",
    "Fault",
};

} // namespace cpestorm::soap
