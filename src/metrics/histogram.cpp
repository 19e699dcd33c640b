#include "metrics/histogram.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace cpestorm::metrics {

histogram::histogram(unsigned digits)
    : digits_(digits)
    , sub_bits_(digits == 2 ? 8 : 11)
    , sub_mask_((std::uint64_t{1} << sub_bits_) - 1)
{
    assert(digits == 2 || digits == 3);
    counts_.resize(index_of(limit_us) + 1);
}

void histogram::merge(const histogram& other) noexcept
{
    assert(digits_ == other.digits_);
    if (other.count_ == 0) return;
    const auto last = other.index_of(other.max_us_);
    for (auto i = other.index_of(other.min_us_); i <= last; ++i)
        counts_[i] += other.counts_[i];
    count_ += other.count_;
    sum_us_ += other.sum_us_;
    min_us_ = std::min(min_us_, other.min_us_);
    max_us_ = std::max(max_us_, other.max_us_);
    clamped_ += other.clamped_;
}

std::uint64_t histogram::quantile_us(double q) const noexcept
{
    if (count_ == 0) return 0;
    // The factor keeps a product that rounding left just above a whole number at that number.
    const auto share = std::clamp(q, 0.0, 1.0) * (1 - 1e-14);
    const auto wanted = std::ceil(share * static_cast<double>(count_));
    const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, count_);
    std::uint64_t seen = 0;
    for (auto i = index_of(min_us_);; ++i) {
        seen += counts_[i];
        if (seen >= rank) return std::min(highest_of(i), max_us_);
    }
}

void histogram::cumulative(std::span<const std::uint64_t> bounds_us,
                           std::span<std::uint64_t> counts) const noexcept
{
    assert(bounds_us.size() == counts.size());
    std::uint64_t seen = 0;
    std::size_t next = 0;
    for (std::size_t b = 0; b < bounds_us.size(); ++b) {
        const auto last = index_of(std::min(bounds_us[b], limit_us));
        for (; next <= last; ++next)
            seen += counts_[next];
        counts[b] = seen;
    }
}

// The highest time that falls into a bucket.
std::uint64_t histogram::highest_of(std::size_t index) const noexcept
{
    const std::size_t half = std::size_t{1} << (sub_bits_ - 1);
    const std::size_t shift = index < 2 * half ? 0 : index / half - 1;
    const std::uint64_t sub = index - shift * half;
    return ((sub + 1) << shift) - 1;
}

} // namespace cpestorm::metrics
