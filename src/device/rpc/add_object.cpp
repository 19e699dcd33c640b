#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

// TR-069 §A.3.2.6. The key is stored first, because only that can be taken back.

namespace cpestorm::device::rpc {

soap::message answer(cpe& d, const soap::add_object& request)
{
    if (!is_key(request.parameter_key)) return make_fault(soap::fault_code::invalid_arguments);
    const std::string old_key = parameter_key(d);
    if (const auto stored = set_parameter_key(d, request.parameter_key); !stored)
        return make_fault(stored.error());
    const auto number = d.tree().add_object(request.object_name);
    if (!number) {
        (void)set_parameter_key(d, old_key); // was stored before, so it fits
        return make_fault(number.error());
    }
    return soap::add_object_response{*number, 0};
}

} // namespace cpestorm::device::rpc
