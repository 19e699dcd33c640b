#include "device/endpoints.hpp"

#include "base/text.hpp"

#include <cassert>

namespace cpestorm::device {

endpoint endpoint_plan::of(std::uint32_t index) const noexcept
{
    assert(mode != endpoint_mode::none && index < devices);
    if (mode == endpoint_mode::address) return {base_address + index, base_port};
    const auto port = static_cast<std::uint16_t>(base_port + index % ports_per_address);
    return {base_address + index / ports_per_address, port};
}

std::optional<std::uint32_t> endpoint_plan::device_at(endpoint e) const noexcept
{
    if (mode == endpoint_mode::none || e.address < base_address || e.port < base_port) return {};
    std::uint64_t index = e.address - base_address;
    const std::uint32_t port = e.port - base_port;
    if (mode == endpoint_mode::address) {
        if (port != 0) return {};
    } else {
        if (port >= ports_per_address) return {};
        index = index * ports_per_address + port;
    }
    if (index >= devices) return {};
    return static_cast<std::uint32_t>(index);
}

void append_address(std::string& out, std::uint32_t address)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        base::append_number(out, (address >> shift) & 0xFFu);
        if (shift != 0) out += '.';
    }
}

std::string to_text(std::uint32_t address)
{
    std::string text;
    append_address(text, address);
    return text;
}

} // namespace cpestorm::device
