#pragma once

// What few devices have at a time, kept out of `state`: values to report, transfers, and what the
// ACS asked for that waits for the end of the session.

#include "device/state.hpp"
#include "soap/rpc.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cpestorm::device {

// A Download that is not finished yet.
struct queued_transfer {
    soap::download request;
    fleet_time due = 0;
    bool running = false; // handed out by due_transfer
};

struct extras {
    // Full names of changed parameters the ACS has not been told of, oldest first. A name is there
    // once, but again behind the listed ones if its value changed after the Inform was made.
    std::vector<std::string> changed;
    std::size_t changes_in_flight = 0;  // so many of `changed` are in the running session's Inform
    bool active_change_waiting = false; // an active one came in a session: report it after that

    std::vector<queued_transfer> transfers;       // in the order of their requests
    std::vector<soap::transfer_complete> results; // until the ACS acknowledged them
    std::optional<std::string> firmware_file;     // name of an image installed by the next boot

    // To do when the session is over.
    bool reboot = false;
    std::vector<std::string> reboot_keys; // one per Reboot request
    bool factory_reset = false;
    bool url_changed = false;
    bool schedule_changed = false; // one of PeriodicInform{Enable,Interval,Time}

    [[nodiscard]] bool idle() const noexcept
    {
        return changed.empty() && transfers.empty() && results.empty() && !firmware_file;
    }
};

// The extras of a device, made if it has none.
[[nodiscard]] extras& extras_of(state& s);

} // namespace cpestorm::device
