#pragma once

// Deterministic random numbers. A draw depends only on (seed, stream, counter), so that device k
// does the same things whatever the number of shards.

#include <cstdint>

namespace cpestorm::base {

// One round of SplitMix64 (Steele, Lea, Flood 2014): a bijection of 64 bits that mixes well.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) noexcept
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

// The number a (seed, stream, counter) triple stands for.
[[nodiscard]] constexpr std::uint64_t draw(std::uint64_t seed, std::uint64_t stream,
                                           std::uint64_t counter) noexcept
{
    return mix64(mix64(mix64(seed) ^ stream) ^ counter);
}

// Maps 64 random bits to [0, 1) with 53 bits of precision.
[[nodiscard]] constexpr double to_unit(std::uint64_t bits) noexcept
{
    return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

// A stream of draws with its own position.
class rng {
public:
    constexpr rng(std::uint64_t seed, std::uint64_t stream) noexcept
        : seed_(seed)
        , stream_(stream)
    {
    }

    [[nodiscard]] constexpr std::uint64_t next() noexcept { return draw(seed_, stream_, n_++); }
    [[nodiscard]] constexpr double unit() noexcept { return to_unit(next()); }

    // Uniform in [0, bound); bound > 0. The bias is below bound / 2^53.
    [[nodiscard]] constexpr std::uint64_t below(std::uint64_t bound) noexcept
    {
        return static_cast<std::uint64_t>(unit() * static_cast<double>(bound));
    }

private:
    std::uint64_t seed_;
    std::uint64_t stream_;
    std::uint64_t n_ = 0;
};

} // namespace cpestorm::base
