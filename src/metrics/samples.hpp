#pragma once

// Texts with counts, in bounded space.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cpestorm::metrics {

// Counts of fixed phrases ("InformResponse without MaxEnvelopes"). Exact for the first `capacity`
// different phrases; any further phrase counts as "other".
class phrase_counts {
public:
    static constexpr std::size_t capacity = 48;
    struct entry {
        std::string_view phrase;
        std::uint64_t count = 0;
    };

    //   phrase  of static storage: only the view is kept
    void add(std::string_view phrase, std::uint64_t n = 1) noexcept;
    void merge(const phrase_counts& other) noexcept;

    [[nodiscard]] std::span<const entry> entries() const noexcept
    {
        return {entries_.data(), size_};
    }
    [[nodiscard]] std::uint64_t other() const noexcept { return other_; }
    [[nodiscard]] std::uint64_t total() const noexcept;

private:
    std::array<entry, capacity> entries_{};
    std::size_t size_ = 0;
    std::uint64_t other_ = 0;
};

// A few of the most frequent sentences of an endless stream (the "space saving" sketch of
// Metwally, Agrawal, El Abbadi 2005): a new sentence takes the place and the count of the rarest,
// so counts are upper bounds, exact until `capacity` different sentences were seen.
class frequent_texts {
public:
    static constexpr std::size_t capacity = 4;
    static constexpr std::size_t text_bytes_max = 200; // longer texts are cut
    struct entry {
        std::string text;
        std::uint64_t count = 0;
    };

    void add(std::string_view text, std::uint64_t n = 1);
    void merge(const frequent_texts& other);

    // The most frequent text; nullptr if there is none.
    [[nodiscard]] const entry* top() const noexcept;

private:
    std::array<entry, capacity> entries_;
};

} // namespace cpestorm::metrics
