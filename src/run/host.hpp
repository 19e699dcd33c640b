#pragma once

// What this host allows a run, and what the process uses of it.

#include "base/error.hpp"

#include <cstdint>

namespace cpestorm::run {

// Raises the soft limit of open descriptors to the hard one and returns it.
[[nodiscard]] std::uint64_t raise_descriptor_limit() noexcept;

// Descriptors this process has open now; 0 if unknown.
[[nodiscard]] std::uint64_t descriptors_open() noexcept;

// net.ipv4.ip_local_port_range, inclusive: the ports the kernel picks for outgoing connections.
struct port_range {
    std::uint16_t first = 32768;
    std::uint16_t last = 60999;
};
[[nodiscard]] port_range ephemeral_ports();

struct memory_use {
    std::uint64_t rss_bytes = 0;
    std::uint64_t max_rss_bytes = 0;
};
[[nodiscard]] memory_use memory() noexcept;

} // namespace cpestorm::run
