#include "acs/session_table.hpp"

#include <array>
#include <bit>
#include <cassert>

namespace cpestorm::acs {

session& session_table::take()
{
    if (free_.empty()) {
        free_.push_back(&all_.emplace_back());
    }
    session& s = *free_.back();
    free_.pop_back();
    s.machine.start();
    return s;
}

void session_table::open(session& s, std::uint32_t device)
{
    assert(s.device == registry::none && !find_device(device));
    const auto n = std::bit_cast<std::array<char, sizeof cookies_made_>>(++cookies_made_);
    s.cookie = siphash(key_, {n.data(), n.size()});
    s.device = device;
    by_cookie_[s.cookie] = &s;
    if (by_device_.size() <= device) by_device_.resize(device + 1);
    by_device_[device] = &s;
}

void session_table::release(session& s)
{
    if (s.device != registry::none) {
        by_cookie_.erase(s.cookie);
        by_device_[s.device] = nullptr;
        s.device = registry::none;
    }
    free_.push_back(&s);
}

session* session_table::find_cookie(std::uint64_t cookie)
{
    const auto found = by_cookie_.find(cookie);
    return found == by_cookie_.end() ? nullptr : found->second;
}

session* session_table::find_device(std::uint32_t device)
{
    return device < by_device_.size() ? by_device_[device] : nullptr;
}

std::size_t session_table::expire(base::instant limit)
{
    std::size_t count = 0;
    for (session& s : all_) {
        if (s.device == registry::none || s.last_request >= limit) continue;
        release(s);
        ++count;
    }
    return count;
}

} // namespace cpestorm::acs
