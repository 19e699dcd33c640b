#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

#include <utility>

// TR-069 §A.3.2.2.

namespace cpestorm::device::rpc {

soap::message answer(cpe& d, const soap::get_parameter_values& request)
{
    const model::tree tree = d.tree();
    soap::get_parameter_values_response response;
    const auto add = [&](model::node n, std::string_view path) {
        response.parameters.push_back({std::string(path), tree.get(n), tree.type(n), true});
    };
    if (!for_each_requested(tree, request.names, add))
        return make_fault(soap::fault_code::invalid_parameter_name);
    return response;
}

} // namespace cpestorm::device::rpc
