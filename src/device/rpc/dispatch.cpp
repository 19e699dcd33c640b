#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

#include <variant>

namespace cpestorm::device {

soap::message cpe::handle(const soap::message& request)
{
    return std::visit(
        [this]<class Request>(const Request& r) -> soap::message {
            if constexpr (rpc::answerable<Request>)
                return rpc::answer(*this, r);
            else
                return rpc::make_fault(soap::fault_code::method_not_supported);
        },
        request);
}

} // namespace cpestorm::device
