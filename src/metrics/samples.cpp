#include "metrics/samples.hpp"

#include <algorithm>

namespace cpestorm::metrics {
namespace {

// The longest prefix within the bound that does not cut a UTF-8 character.
std::string_view cut(std::string_view text) noexcept
{
    if (text.size() <= frequent_texts::text_bytes_max) return text;
    std::size_t size = frequent_texts::text_bytes_max;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0u) == 0x80u)
        --size;
    return text.substr(0, size);
}

} // namespace

void phrase_counts::add(std::string_view phrase, std::uint64_t n) noexcept
{
    for (auto& e : std::span(entries_.data(), size_)) {
        // The same literal has, nearly always, the same address.
        if ((e.phrase.data() == phrase.data() && e.phrase.size() == phrase.size()) ||
            e.phrase == phrase) {
            e.count += n;
            return;
        }
    }
    if (size_ < capacity)
        entries_[size_++] = {phrase, n};
    else
        other_ += n;
}

void phrase_counts::merge(const phrase_counts& other) noexcept
{
    for (const auto& e : other.entries())
        add(e.phrase, e.count);
    other_ += other.other_;
}

std::uint64_t phrase_counts::total() const noexcept
{
    std::uint64_t sum = other_;
    for (const auto& e : entries())
        sum += e.count;
    return sum;
}

void frequent_texts::add(std::string_view text, std::uint64_t n)
{
    if (n == 0) return;
    text = cut(text);
    auto* rarest = &entries_[0];
    for (auto& e : entries_) {
        if (e.count > 0 && e.text == text) {
            e.count += n;
            return;
        }
        if (e.count < rarest->count) rarest = &e;
    }
    rarest->text = text;
    rarest->count += n;
}

void frequent_texts::merge(const frequent_texts& other)
{
    for (const auto& e : other.entries_)
        add(e.text, e.count);
}

const frequent_texts::entry* frequent_texts::top() const noexcept
{
    const auto* best = &entries_[0];
    for (const auto& e : entries_)
        if (e.count > best->count) best = &e;
    return best->count == 0 ? nullptr : best;
}

} // namespace cpestorm::metrics
