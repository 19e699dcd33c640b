#include "base/limits.hpp"
#include "device/extras.hpp"
#include "device/rpc/handlers.hpp"
#include "device/url.hpp"
#include "soap/fault.hpp"

#include <algorithm>
#include <array>

// TR-069 §A.3.2.9: every transfer is done after the session and reported by TransferComplete.

namespace cpestorm::device::rpc {

namespace {

bool is_file_type(std::string_view type) noexcept
{
    static constexpr std::array<std::string_view, 5> standard{
        "1 Firmware Upgrade Image", "2 Web Content", "3 Vendor Configuration File", "4 Tone File",
        "5 Ringer File"};
    return type.starts_with("X ") || std::ranges::find(standard, type) != standard.end();
}

// 0 if the request can be done.
unsigned fault_of(const soap::download& request) noexcept
{
    if (!is_key(request.command_key) || !is_file_type(request.file_type))
        return soap::fault_code::invalid_arguments;
    switch (check_url(request.url)) {
    case url_verdict::ok:
        return 0;
    case url_verdict::other_scheme:
        return soap::fault_code::unsupported_transfer_protocol;
    case url_verdict::malformed:
    case url_verdict::userinfo:
        break;
    }
    return soap::fault_code::invalid_arguments;
}

} // namespace

soap::message answer(cpe& d, const soap::download& request)
{
    if (const unsigned code = fault_of(request); code != 0) return make_fault(code);
    extras& extra = extras_of(d.own());
    // Results that wait for the ACS count too, so that a device's memory is bounded.
    if (extra.transfers.size() + extra.results.size() >= base::limits::device_transfers_queued)
        return make_fault(soap::fault_code::resources_exceeded);
    const fleet_time due = d.later(std::chrono::seconds(request.delay_seconds));
    extra.transfers.push_back({request, due, false});
    return soap::download_response{};
}

} // namespace cpestorm::device::rpc
