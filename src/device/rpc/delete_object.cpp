#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

// TR-069 §A.3.2.7. The key is stored first, because only that can be taken back.

namespace cpestorm::device::rpc {

soap::message answer(cpe& d, const soap::delete_object& request)
{
    if (!is_key(request.parameter_key)) return make_fault(soap::fault_code::invalid_arguments);
    const std::string old_key = parameter_key(d);
    if (const auto stored = set_parameter_key(d, request.parameter_key); !stored)
        return make_fault(stored.error());
    if (const auto deleted = d.tree().delete_object(request.object_name); !deleted) {
        (void)set_parameter_key(d, old_key); // was stored before, so it fits
        // DeleteObject knows no 9008: an instance that must stay is an invalid name to it.
        return make_fault(soap::fault_code::invalid_parameter_name);
    }
    return soap::delete_object_response{0};
}

} // namespace cpestorm::device::rpc
