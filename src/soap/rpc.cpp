#include "soap/rpc.hpp"

#include "soap/method_names.hpp"

namespace cpestorm::soap {

std::string_view method_name(const message& m) noexcept
{
    if (const auto* stranger = std::get_if<unknown_method>(&m)) return stranger->name;
    return method_names[m.index()];
}

message_role role_of(const message& m) noexcept
{
    if (std::holds_alternative<fault>(m)) return message_role::fault;
    return method_name(m).ends_with("Response") ? message_role::response : message_role::request;
}

} // namespace cpestorm::soap
