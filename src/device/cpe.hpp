#pragma once

// One virtual CPE: the shared context, its state and its index, bound together for the duration of
// a call. Everything a device does that is not talking: what it informs, how it answers, what a
// finished session means for its next one.

#include "base/time.hpp"
#include "cwmp/cpe_session.hpp"
#include "device/context.hpp"
#include "device/state.hpp"
#include "model/tree.hpp"
#include "soap/rpc.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::device {

// A file transfer the device has to do now; run fetches it and reports with transfer_finished.
struct transfer_job {
    std::string url;
    std::string username;
    std::string password;
    std::uint32_t file_size = 0; // 0 = unknown
};

// What one session carried, to be given back to session_ended.
struct session_content {
    soap::inform inform;
    std::vector<soap::message> requests; // TransferComplete calls, after the Inform
    cwmp::pending_events::listed listed;
    std::uint32_t changes_listed = 0; // value changes in the Inform
};

class cpe final : public model::value_source {
public:
    // The references must outlive the object. `now`: fleet time; `wall`: civil time.
    // `c` must be finished.
    cpe(const context& c, state& s, std::uint32_t index, fleet_time now,
        base::wall_time wall) noexcept;

    // --- identity (TR-069 §3.4.4) ---
    [[nodiscard]] std::string serial_number() const;
    [[nodiscard]] soap::device_id device_id() const;
    // Credentials towards the ACS and for connection requests, as the device has them now (the
    // ACS may have written others).
    [[nodiscard]] cwmp::credentials acs_login() const;
    [[nodiscard]] cwmp::credentials connection_request_login() const;
    // The path of the connection-request URL, "/" and 16 hex digits others cannot guess.
    [[nodiscard]] std::string connection_request_path() const;
    // The ACS URL as the device has it now.
    [[nodiscard]] std::string acs_url() const;

    // --- life ---
    // Switched on for the first time: "0 BOOTSTRAP" and "1 BOOT" are pending, the periodic
    // schedule starts with its first due time `first_periodic` (`never`: no schedule).
    void power_up(fleet_time first_periodic);
    // The device loses power now and has booted again at `back`: "1 BOOT". Precondition:
    // !in_session (end the session first).
    void power_cut(fleet_time back);
    // Raises what has come due by now. True if a session must be started now.
    [[nodiscard]] bool wake();
    // When wake(), and then due_transfer(), must be called next: now or later, or `never` if only
    // an outside event or the end of the running session can make the device act.
    [[nodiscard]] fleet_time next_wake() const noexcept;
    // Between periodic Informs, as the device has it now; 0: none.
    [[nodiscard]] std::chrono::milliseconds periodic_interval() const;
    // An authenticated connection request arrived. False if the device is off. In a session it is
    // kept for one session after it (TR-069 §3.2.2 allows this or a 503, as the caller likes).
    bool connection_requested();
    // The device itself changed a value (not the ACS): notification rules apply.
    void value_changed(model::node n, std::string_view new_value);

    // --- session ---
    // What to send; `out` is reused. Precondition: !in_session; sets it.
    void begin_session(session_content& out);
    // The answer to an ACS request: the response, or a soap::fault. Never fails.
    [[nodiscard]] soap::message handle(const soap::message& request);
    // Takes the outcome: delivered events, retry schedule, deferred reboot or reset. Only `listed`
    // and `changes_listed` of `sent` are read: the messages may have been moved from. `u`: uniform
    // in [0,1) for the retry delay. Afterwards next_wake() is right (it may be now).
    void session_ended(const session_content& sent, const cwmp::session_result& result, double u);

    // --- transfers ---
    // The transfer to do now, handed out once; empty if none is due, one is running already, or
    // the device is off or in a session. A reboot stops a running transfer: it is due again after.
    [[nodiscard]] std::optional<transfer_job> due_transfer();
    // fault.code 0: success. `started`, `completed`: civil time. Ignored if no transfer runs. May
    // come during a session; a firmware image reboots the device after it.
    void transfer_finished(const soap::fault_struct& fault, base::wall_time started,
                           base::wall_time completed);

    [[nodiscard]] model::tree tree() const noexcept;
    void append(std::string& out, model::token t, unsigned arg) const override;

    // For the RPC files.
    [[nodiscard]] const context& shared() const noexcept { return context_; }
    [[nodiscard]] state& own() noexcept { return state_; }
    [[nodiscard]] fleet_time later(std::chrono::milliseconds delay) const noexcept; // now + delay

private:
    class limited_source;
    [[nodiscard]] std::optional<std::string> overridden(model::row_id row) const;
    [[nodiscard]] std::string current(model::row_id row, model::token standard) const;
    void fill(soap::device_id& id) const;
    bool append_identity(std::string& out, model::token t, unsigned arg) const;
    void append_hash(std::string& out, std::uint32_t purpose, unsigned digits) const;

    void raise_and_wake(base::event e);
    void switch_off(fleet_time until);
    void boot();
    void forget_everything();

    void reschedule_periodic();
    void skip_missed_periodic();
    [[nodiscard]] std::chrono::milliseconds next_retry_delay(double u) const;

    void take_acknowledgements(const session_content& sent, const cwmp::session_result& result);
    void after_session();
    void install_firmware();

    const context& context_;
    state& state_;
    std::uint32_t index_;
    fleet_time now_;
    base::wall_time wall_;
};

} // namespace cpestorm::device
