#include "device/extras.hpp"
#include "device/rpc/handlers.hpp"

// TR-069 §A.4.1.6: after the session.

namespace cpestorm::device::rpc {

soap::message answer(cpe& d, const soap::factory_reset&)
{
    extras_of(d.own()).factory_reset = true;
    return soap::factory_reset_response{};
}

} // namespace cpestorm::device::rpc
