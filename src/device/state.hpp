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
    fleet_time booted = 0;           // last (virtual) boot: {uptime} counts from here
    fleet_time periodic_due = never; // next "2 PERIODIC"
    fleet_time wake_due = never;     // retry, end of a reboot or a delayed transfer
    std::uint16_t retry_count = 0;   // consecutive failed sessions
    bool registered : 1 = false;     // an InformResponse to "0 BOOTSTRAP" was received
    bool in_session : 1 = false;
    bool rebooting : 1 = false;      // off until wake_due
};
static_assert(sizeof(state) <= 56);

} // namespace cpestorm::device
