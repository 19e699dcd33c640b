#pragma once

// The RPCs a device answers, one file each. Every handler returns its response or a soap::fault.
// An overload here is all it takes to support a method: dispatch and GetRPCMethods follow from it.

#include "device/cpe.hpp"
#include "model/tree.hpp"
#include "soap/rpc.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace cpestorm::device::rpc {

[[nodiscard]] soap::message answer(cpe& d, const soap::get_rpc_methods& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::set_parameter_values& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::get_parameter_values& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::get_parameter_names& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::set_parameter_attributes& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::get_parameter_attributes& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::add_object& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::delete_object& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::reboot& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::factory_reset& request);
[[nodiscard]] soap::message answer(cpe& d, const soap::download& request);

template <class Request>
concept answerable = requires(cpe& d, const Request& request) { answer(d, request); };

// A fault with the standard text of its code.
[[nodiscard]] soap::fault make_fault(unsigned code);
[[nodiscard]] soap::fault make_fault(model::tree_errc e);

// CommandKey and ParameterKey have at most 32 characters.
[[nodiscard]] bool is_key(std::string_view key) noexcept;

// ManagementServer.ParameterKey; nothing happens if the profile has none.
[[nodiscard]] std::string parameter_key(const cpe& d);
[[nodiscard]] model::tree_result<void> set_parameter_key(const cpe& d, std::string_view key);

// Visits the parameters that a list of full names and partial paths stands for, in its order, each
// once however the names overlap. False if a name is wrong; some may have been visited by then.
using node_visitor = std::function<void(model::node n, std::string_view path)>;
[[nodiscard]] bool for_each_requested(const model::tree& tree, std::span<const std::string> names,
                                      const node_visitor& visit);

} // namespace cpestorm::device::rpc
