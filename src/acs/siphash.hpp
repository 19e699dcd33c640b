#pragma once

// SipHash-2-4 (Aumasson, Bernstein 2012): a keyed hash that nobody without the key can predict.
// For table slots that peers must not choose, and for session cookies.

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace cpestorm::acs {

using sip_key = std::array<std::uint64_t, 2>;

[[nodiscard]] constexpr std::uint64_t siphash(const sip_key& key, std::string_view data) noexcept
{
    std::uint64_t v0 = key[0] ^ 0x736f6d6570736575u;
    std::uint64_t v1 = key[1] ^ 0x646f72616e646f6du;
    std::uint64_t v2 = key[0] ^ 0x6c7967656e657261u;
    std::uint64_t v3 = key[1] ^ 0x7465646279746573u;
    const auto mix = [&](int rounds) {
        for (int i = 0; i < rounds; ++i) {
            v0 += v1;
            v2 += v3;
            v1 = std::rotl(v1, 13) ^ v0;
            v3 = std::rotl(v3, 16) ^ v2;
            v0 = std::rotl(v0, 32) + v3;
            v2 += v1;
            v1 = std::rotl(v1, 17) ^ v2;
            v3 = std::rotl(v3, 21) ^ v0;
            v2 = std::rotl(v2, 32);
        }
    };
    const auto take = [&](std::uint64_t word) {
        v3 ^= word;
        mix(2);
        v0 ^= word;
    };
    const auto byte = [&](std::size_t i) {
        return std::uint64_t{static_cast<unsigned char>(data[i])} << (8 * (i % 8));
    };

    std::uint64_t word = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        word |= byte(i);
        if (i % 8 != 7) continue;
        take(word);
        word = 0;
    }
    take(word | (std::uint64_t{data.size()} << 56));
    v2 ^= 0xff;
    mix(4);
    return v0 ^ v1 ^ v2 ^ v3;
}

} // namespace cpestorm::acs
