#pragma once

// What all devices of one population share; immutable during a run.

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

struct context {
    std::shared_ptr<const model::profile> profile;
    std::uint64_t seed = 1;
    std::string acs_url;
    cwmp::credentials acs_login; // may hold value_template tokens, e.g. "{oui}-{serial}"
    endpoint_plan endpoints;
    std::chrono::milliseconds periodic_interval{300'000}; // unless the ACS set another
    bool ignore_acs_interval = false; // keep periodic_interval whatever the ACS writes
    std::chrono::milliseconds reboot_time{10'000}; // from Reboot to the BOOT Inform
    std::uint32_t retry_minimum_wait = 5;      // m of the retry policy, unless in the data model
    std::uint32_t retry_multiplier = 2000;     // k
};

} // namespace cpestorm::device
