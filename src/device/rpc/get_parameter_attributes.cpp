#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

#include <utility>

// TR-069 §A.3.2.5.

namespace cpestorm::device::rpc {

soap::message answer(cpe& d, const soap::get_parameter_attributes& request)
{
    const model::tree tree = d.tree();
    soap::get_parameter_attributes_response response;
    const auto add = [&](model::node n, std::string_view path) {
        model::attributes a = tree.get_attributes(n);
        response.parameters.push_back(
            {std::string(path), a.notification, std::move(a.access_list)});
    };
    if (!for_each_requested(tree, request.names, add))
        return make_fault(soap::fault_code::invalid_parameter_name);
    return response;
}

} // namespace cpestorm::device::rpc
