#include "base/limits.hpp"
#include "device/extras.hpp"
#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

// TR-069 §A.3.2.8: after the session; several requests are one reboot that reports every key.

namespace cpestorm::device::rpc {

soap::message answer(cpe& d, const soap::reboot& request)
{
    if (!is_key(request.command_key)) return make_fault(soap::fault_code::invalid_arguments);
    extras& extra = extras_of(d.own());
    if (extra.reboot_keys.size() >= base::limits::reboot_keys)
        return make_fault(soap::fault_code::request_denied);
    extra.reboot = true;
    extra.reboot_keys.push_back(request.command_key);
    return soap::reboot_response{};
}

} // namespace cpestorm::device::rpc
