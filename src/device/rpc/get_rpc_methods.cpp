#include "device/rpc/handlers.hpp"

#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

// TR-069 §A.3.1.1: the methods of the vocabulary that have a handler.

namespace cpestorm::device::rpc {

namespace {

template <std::size_t I>
void add_if_answerable(std::vector<std::string>& methods)
{
    using request = std::variant_alternative_t<I, soap::message>;
    if constexpr (answerable<request>)
        methods.emplace_back(soap::method_name(soap::message(request{})));
}

} // namespace

soap::message answer(cpe&, const soap::get_rpc_methods&)
{
    soap::get_rpc_methods_response response;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (add_if_answerable<I>(response.methods), ...);
    }(std::make_index_sequence<std::variant_size_v<soap::message>>());
    return response;
}

} // namespace cpestorm::device::rpc
