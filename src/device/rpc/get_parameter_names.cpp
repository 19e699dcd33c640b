#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

// TR-069 §A.3.2.3.

namespace cpestorm::device::rpc {

soap::message answer(cpe& d, const soap::get_parameter_names& request)
{
    const model::tree tree = d.tree();
    if (request.next_level && tree.find_parameter(request.path))
        return make_fault(soap::fault_code::invalid_arguments);
    soap::get_parameter_names_response response;
    const auto add = [&](std::string_view path, bool writable) {
        response.parameters.push_back({std::string(path), writable});
    };
    if (!tree.for_each_name(request.path, request.next_level, add))
        return make_fault(soap::fault_code::invalid_parameter_name);
    return response;
}

} // namespace cpestorm::device::rpc
