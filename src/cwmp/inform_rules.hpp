#pragma once

// What the standard asks of an Inform beyond its schema (TR-069 §3.7.1.5, A.3.3.1; forced Inform
// parameters of the data models).

#include "soap/rpc.hpp"

#include <string_view>
#include <vector>

namespace cpestorm::cwmp {

// Appends a static phrase for each rule that `inform` breaks.
void check_inform(const soap::inform& inform, std::vector<std::string_view>& deviations);

// True if the device can be told from others: it has an OUI and a serial number, and no field is
// longer than its 64 characters.
[[nodiscard]] bool identifies_device(const soap::device_id& device) noexcept;

// The root object of the data model, taken from the first parameter: "Device." or
// "InternetGatewayDevice."; empty if there is none. The view lives as long as `inform`.
[[nodiscard]] std::string_view root_of(const soap::inform& inform) noexcept;

} // namespace cpestorm::cwmp
