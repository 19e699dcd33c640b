#include "device/cpe.hpp"

#include "base/text.hpp"
#include "device/extras.hpp"
#include "device/software_version.hpp"

#include <algorithm>
#include <utility>

// Downloads: queued by the RPC, done by the caller, reported by TransferComplete.

namespace cpestorm::device {

using base::event;

namespace {

bool is_firmware(const soap::download& d) noexcept
{
    return d.file_type.starts_with("1 ");
}

auto find_running(std::vector<queued_transfer>& transfers)
{
    return std::ranges::find_if(transfers, [](const queued_transfer& t) { return t.running; });
}

} // namespace

std::optional<transfer_job> cpe::due_transfer()
{
    if (state_.in_session || state_.rebooting || !state_.extra) return {};
    std::vector<queued_transfer>& transfers = state_.extra->transfers;
    if (find_running(transfers) != transfers.end()) return {};
    const auto due =
        std::ranges::find_if(transfers, [&](const queued_transfer& t) { return t.due <= now_; });
    if (due == transfers.end()) return {};
    due->running = true;
    const soap::download& d = due->request;
    return transfer_job{d.url, d.username, d.password, d.file_size};
}

void cpe::transfer_finished(const soap::fault_struct& fault, base::wall_time started,
                            base::wall_time completed)
{
    if (!state_.extra) return;
    extras& extra = *state_.extra;
    const auto running = find_running(extra.transfers);
    if (running == extra.transfers.end()) return;
    const soap::download request = std::move(running->request);
    extra.transfers.erase(running);

    // Firmware is complete when it runs, which is after the reboot (TR-069 §A.3.2.8).
    const bool reboots = fault.code == 0 && is_firmware(request);
    if (reboots) completed += context_.reboot_time;
    extra.results.push_back(
        {request.command_key, fault, base::format_utc(started), base::format_utc(completed)});
    state_.events.raise(event::transfer_complete);
    state_.events.raise(event::m_download, request.command_key);
    if (!reboots) {
        state_.session_wanted = true;
        return;
    }
    extra.firmware_file =
        request.target_file_name.empty() ? file_name_of(request.url) : request.target_file_name;
    if (state_.in_session)
        extra.reboot = true;
    else
        switch_off(later(context_.reboot_time));
}

} // namespace cpestorm::device
