#include "device/cpe.hpp"

#include "device/extras.hpp"
#include "device/software_version.hpp"

#include <algorithm>
#include <cassert>

// Power, reboots, and what makes a device want a session.

namespace cpestorm::device {

using base::event;

// An event that is already pending does not cut a retry delay short: nothing new happened.
void cpe::raise_and_wake(event e)
{
    if (state_.events.has(e)) return;
    state_.events.raise(e);
    state_.session_wanted = true;
}

void cpe::power_up(fleet_time first_periodic)
{
    state_.periodic_due = first_periodic;
    boot();
}

void cpe::power_cut(fleet_time back)
{
    assert(!state_.in_session);
    switch_off(back);
}

void cpe::switch_off(fleet_time until)
{
    state_.rebooting = true;
    state_.session_wanted = false;
    state_.connection_request_waiting = false;
    state_.wake_due = until;
    state_.retry_count = 0; // the retry table starts anew after a reboot
    state_.events.rebooted();
    if (!state_.extra) return;
    extras& extra = *state_.extra;
    extra.changed.clear();
    extra.changes_in_flight = 0;
    for (queued_transfer& t : extra.transfers)
        t.running = false;
}

void cpe::boot()
{
    state_.rebooting = false;
    state_.wake_due = never;
    state_.booted = now_;
    state_.session_wanted = true;
    if (!state_.registered && !state_.events.has(event::bootstrap))
        state_.events.raise(event::bootstrap);
    state_.events.raise(event::boot);
    install_firmware();
    skip_missed_periodic();
}

// FactoryReset: the device is as it was made.
void cpe::forget_everything()
{
    state_.overlay.clear();
    state_.events.clear();
    state_.extra.reset();
    state_.registered = false;
    reschedule_periodic();
}

// The new image runs since this boot.
void cpe::install_firmware()
{
    if (!state_.extra || !state_.extra->firmware_file) return;
    const std::string file = *std::move(state_.extra->firmware_file);
    state_.extra->firmware_file.reset();
    const model::node version{context_.known.software_version, 0};
    if (version.row == model::no_row) return;
    value_changed(version, version_after_upgrade(tree().get(version), file));
}

bool cpe::wake()
{
    if (state_.in_session) return false;
    if (state_.rebooting) {
        if (state_.wake_due > now_ || state_.wake_due == never) return false;
        boot();
    }
    if (state_.wake_due <= now_) {
        state_.wake_due = never;
        state_.session_wanted = true;
    }
    if (state_.periodic_due <= now_) {
        skip_missed_periodic();
        raise_and_wake(event::periodic);
    }
    return state_.session_wanted;
}

fleet_time cpe::next_wake() const noexcept
{
    if (state_.in_session) return never;
    if (state_.rebooting) return std::max(state_.wake_due, now_);
    if (state_.session_wanted) return now_;
    fleet_time next = std::min(state_.periodic_due, state_.wake_due);
    if (state_.extra) {
        const auto& transfers = state_.extra->transfers;
        const bool busy =
            std::ranges::any_of(transfers, [](const queued_transfer& t) { return t.running; });
        for (const queued_transfer& t : transfers)
            if (!busy) next = std::min(next, t.due);
    }
    return std::max(next, now_);
}

bool cpe::connection_requested()
{
    if (state_.rebooting) return false;
    if (state_.in_session) {
        state_.connection_request_waiting = true;
        return true;
    }
    state_.events.raise(event::connection_request);
    state_.session_wanted = true;
    return true;
}

} // namespace cpestorm::device
