#pragma once

// A log-linear histogram of times with a stated precision and constant memory, in the layout of
// HdrHistogram (http://hdrhistogram.org): linear sub-buckets within powers of two. The unit is
// the microsecond, the range 1 µs (and 0) to 1 h.

#include "base/time.hpp"

#include <bit>
#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace cpestorm::metrics {

class histogram {
public:
    static constexpr std::uint64_t limit_us = 3'600'000'000; // longer times count as this

    // Keeps `digits` (2 or 3) significant decimal digits: a relative error of at most 1 % in 26 KiB
    // or 0.1 % in 184 KiB.
    explicit histogram(unsigned digits);
    histogram()
        : histogram(2)
    {
    }

    // Negative times count as 0; fractions of a microsecond are cut off.
    void record(base::duration d) noexcept
    {
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(d).count();
        record_us(us < 0 ? 0 : static_cast<std::uint64_t>(us));
    }
    void record_us(std::uint64_t us) noexcept
    {
        if (us > limit_us) {
            us = limit_us;
            ++clamped_;
        }
        ++counts_[index_of(us)];
        ++count_;
        sum_us_ += us;
        if (us < min_us_) min_us_ = us;
        if (us > max_us_) max_us_ = us;
    }

    // Adds all samples of `other`; the result equals recording them here. Same digits.
    void merge(const histogram& other) noexcept;

    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    [[nodiscard]] std::uint64_t sum_us() const noexcept { return sum_us_; }   // exact
    [[nodiscard]] std::uint64_t max_us() const noexcept { return max_us_; }   // exact; 0 if empty
    [[nodiscard]] std::uint64_t clamped() const noexcept { return clamped_; } // samples over 1 h
    [[nodiscard]] std::uint64_t min_us() const noexcept { return count_ == 0 ? 0 : min_us_; }
    [[nodiscard]] unsigned digits() const noexcept { return digits_; }

    // The time that a share `q` in [0, 1] of the samples does not exceed: of the bucket that holds
    // the sample of rank max(1, ceil(q·count)), the highest time that falls into it, but never more
    // than max_us(). So it errs upward only, and quantile_us(1) is exact. 0 if empty.
    [[nodiscard]] std::uint64_t quantile_us(double q) const noexcept;

    // For each of the ascending bounds [µs], how many samples are at or below it. A bucket that a
    // bound falls into counts as below, so the error is within the stated precision.
    //   counts  as many as bounds
    void cumulative(std::span<const std::uint64_t> bounds_us,
                    std::span<std::uint64_t> counts) const noexcept;

private:
    [[nodiscard]] std::size_t index_of(std::uint64_t us) const noexcept
    {
        // Values below 2^sub_bits_ have a bucket each; each further power of two has half as many.
        const auto shift = static_cast<unsigned>(std::bit_width(us | sub_mask_)) - sub_bits_;
        return (static_cast<std::size_t>(shift) << (sub_bits_ - 1)) +
               static_cast<std::size_t>(us >> shift);
    }
    [[nodiscard]] std::uint64_t highest_of(std::size_t index) const noexcept;

    unsigned digits_;
    unsigned sub_bits_; // 2^sub_bits_ ≥ 2·10^digits
    std::uint64_t sub_mask_;
    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    std::uint64_t sum_us_ = 0;
    std::uint64_t min_us_ = ~std::uint64_t{0};
    std::uint64_t max_us_ = 0;
    std::uint64_t clamped_ = 0;
};

} // namespace cpestorm::metrics
