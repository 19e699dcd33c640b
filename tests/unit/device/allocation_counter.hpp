#pragma once

#include <cstddef>

namespace cpestorm::device {

// How often operator new was called in this executable.
[[nodiscard]] std::size_t allocations() noexcept;

} // namespace cpestorm::device
