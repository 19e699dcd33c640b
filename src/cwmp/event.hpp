#pragma once

// The events a device has still to report, and when each of them is done (TR-069 §3.7.1.5).

#include "base/cwmp_names.hpp"
#include "soap/rpc.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::cwmp {

using base::event;

// How long an undelivered event is kept.
enum class retention : std::uint8_t {
    never_discard, // survives reboots
    until_reboot,
    optional,    // the CPE may give it up; we give it up when its session fails
    not_retried, // dropped when its session fails
};
[[nodiscard]] retention retention_of(event e) noexcept;

// The response that marks an event as delivered.
[[nodiscard]] base::method delivered_by(event e) noexcept;

// 16 bytes while no "M" event is pending.
class pending_events {
public:
    // What an Inform listed, so that events raised meanwhile are not taken for delivered.
    struct listed {
        std::uint32_t single = 0; // bit per numbered event
        std::uint32_t keyed = 0;  // how many "M" events, the oldest first
    };

    // Numbered events occur once however often raised; BOOTSTRAP discards all others but BOOT.
    void raise(event e);
    // An "M" event; one entry for each call.
    void raise(event e, std::string_view command_key);

    [[nodiscard]] bool empty() const noexcept { return (single_ & ~keyed_lost) == 0 && !keyed_; }
    [[nodiscard]] bool has(event e) const noexcept;

    // Makes `out` what an Inform must list, at most limits::inform_events, and says what that was.
    // Elements that `out` has already keep their memory.
    listed list(std::vector<soap::event_struct>& out);

    // The Inform that carried `sent` was answered: drops what an InformResponse delivers.
    void inform_acknowledged(const listed& sent);
    // A TransferCompleteResponse for this transfer: drops its "M" event, and
    // "7 TRANSFER COMPLETE" when no "M Download/Upload/ScheduleDownload" is left.
    void transfer_acknowledged(std::string_view command_key);
    // The session that carried `sent` failed: drops what must not be retried, if undelivered.
    void session_failed(const listed& sent);
    // The device restarted: drops what does not survive.
    void rebooted();
    void clear() noexcept;

private:
    struct keyed_event {
        event code;
        std::string command_key;
    };
    // In single_, beside the bits of the numbered events: "M" events were discarded since list().
    static constexpr std::uint32_t keyed_lost = std::uint32_t{1} << 31;

    std::uint32_t single_ = 0;
    std::uint32_t again_ = 0;                         // numbered events raised again since list()
    std::unique_ptr<std::vector<keyed_event>> keyed_; // null or not empty; oldest first
};

} // namespace cpestorm::cwmp
