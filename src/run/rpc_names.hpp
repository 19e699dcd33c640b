#pragma once

#include "base/cwmp_names.hpp"
#include "soap/rpc.hpp"

namespace cpestorm::run {

// The method a message belongs to, request or response.
[[nodiscard]] base::method method_of(const soap::message& m) noexcept;

} // namespace cpestorm::run
