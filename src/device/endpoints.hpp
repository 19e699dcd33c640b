#pragma once

// Where each device's connection-request endpoint is: index <-> address and port, by arithmetic.

#include <cstdint>
#include <optional>
#include <string>

namespace cpestorm::device {

enum class endpoint_mode : std::uint8_t {
    none,    // no connection requests; ConnectionRequestURL is ""
    address, // device i has address base + i, all the same port
    port,    // few addresses, consecutive ports: device i has base + i / ports, port + i % ports
};

// IPv4 only. Address and port in host byte order.
struct endpoint {
    std::uint32_t address = 0;
    std::uint16_t port = 0;
    bool operator==(const endpoint&) const = default;
};

struct endpoint_plan {
    endpoint_mode mode = endpoint_mode::none;
    std::uint32_t base_address = 0;
    std::uint16_t base_port = 0;
    std::uint16_t ports_per_address = 1; // mode port: 1..(65536 - base_port)
    std::uint32_t devices = 0;

    // The endpoint of a device; precondition: index < devices and mode != none.
    [[nodiscard]] endpoint of(std::uint32_t index) const noexcept;
    // The device at an endpoint; empty if it belongs to none.
    [[nodiscard]] std::optional<std::uint32_t> device_at(endpoint e) const noexcept;
};

// "127.1.0.5"; `address` in host byte order.
void append_address(std::string& out, std::uint32_t address);
[[nodiscard]] std::string to_text(std::uint32_t address);

} // namespace cpestorm::device
