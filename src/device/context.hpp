#pragma once

// What all devices of one population share; immutable during a run.

#include "base/error.hpp"
#include "cwmp/auth.hpp"
#include "device/endpoints.hpp"
#include "model/profile.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace cpestorm::device {

// Milliseconds since the fleet's epoch (the start of the run): 49 days fit. `never` is no time.
using fleet_time = std::uint32_t;
inline constexpr fleet_time never = 0xFFFFFFFFu;

// The parameters that change what a device does, found once per population; model::no_row if the
// profile has none. All but the last are below "ManagementServer." (TR-181 Device:2, TR-098).
struct known_rows {
    model::row_id url = model::no_row;
    model::row_id username = model::no_row;
    model::row_id password = model::no_row;
    model::row_id parameter_key = model::no_row;
    model::row_id periodic_enable = model::no_row;
    model::row_id periodic_interval = model::no_row;
    model::row_id periodic_time = model::no_row;
    model::row_id connection_request_username = model::no_row;
    model::row_id connection_request_password = model::no_row;
    model::row_id retry_minimum_wait = model::no_row;
    model::row_id retry_multiplier = model::no_row;
    model::row_id software_version = model::no_row; // "DeviceInfo.SoftwareVersion"
};

struct context {
    std::shared_ptr<const model::profile> profile;
    std::uint64_t seed = 1;
    std::string acs_url;
    cwmp::credentials acs_login; // may hold value_template tokens, e.g. "{oui}-{serial}"
    endpoint_plan endpoints;
    std::chrono::milliseconds periodic_interval{300'000}; // unless the ACS set another; 0: none
    bool ignore_acs_interval = false;              // keep periodic_interval whatever the ACS writes
    std::chrono::milliseconds reboot_time{10'000}; // from Reboot to the BOOT Inform
    std::uint32_t retry_minimum_wait = 5;  // m of the retry policy, unless in the data model
    std::uint32_t retry_multiplier = 2000; // k

    // Made by finish().
    known_rows known;
    model::value_template acs_username;
    model::value_template acs_password;

    // Compiles and looks up what all devices need. Call it once, after the fields above are set
    // and before the first cpe. The diagnostic names the credential that is no value template.
    [[nodiscard]] base::checked<void> finish();
};

} // namespace cpestorm::device
