#pragma once

// All that is stored per device. What can be computed from its index is not here.

#include "cwmp/event.hpp"
#include "device/context.hpp"
#include "model/overlay.hpp"

#include <cstdint>
#include <memory>

namespace cpestorm::device {

struct extras; // rarely used: changed parameters, transfers, what to do after the session
struct extras_delete {
    void operator()(extras* p) const noexcept;
};

struct state {
    model::overlay overlay;
    cwmp::pending_events events;
    std::unique_ptr<extras, extras_delete> extra; // null for an untouched device
    fleet_time booted = 0;                        // last (virtual) boot: {uptime} counts from here
    fleet_time periodic_due = never;              // next "2 PERIODIC"
    fleet_time wake_due = never;                  // retry, or end of a reboot
    std::uint16_t retry_count = 0;                // consecutive failed sessions
    bool registered : 1 = false;                  // an InformResponse to "0 BOOTSTRAP" was received
    bool in_session : 1 = false;
    bool rebooting : 1 = true;       // off until wake_due; a new device is off until power_up
    bool session_wanted : 1 = false; // something happened that does not wait for a timer
    bool connection_request_waiting : 1 = false; // came in a session: for the one after it
};
static_assert(sizeof(state) <= 56);

} // namespace cpestorm::device
