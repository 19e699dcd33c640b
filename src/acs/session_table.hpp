#pragma once

// The sessions that are open now, found by cookie or by device. Objects are used again, so that a
// new session allocates next to nothing.

#include "acs/registry.hpp"
#include "acs/script.hpp"
#include "acs/siphash.hpp"
#include "base/time.hpp"
#include "cwmp/acs_session.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::acs {

// One session of one device, as the embedded ACS sees it.
struct session {
    cwmp::acs_session machine;
    std::uint64_t cookie = 0;
    std::uint64_t connection = 0;          // the last one it was authenticated on
    std::uint32_t device = registry::none; // none: free, or its Inform is being read
    base::instant last_request{};

    std::span<const step> steps_left;
    std::optional<unsigned> wanted_fault; // of the request that is out
    bool login_due = false;               // to be asked before the steps
    bool login_out = false;               // is what has been asked
    std::string root;                     // what the steps' placeholders stand for
    std::uint32_t instance = 0;
};

class session_table {
public:
    explicit session_table(const sip_key& key)
        : key_(key)
    {
    }

    // A session whose Inform is about to be read; open() or release() it.
    [[nodiscard]] session& take();
    // Makes it the session of `device`, which has none, and gives it its cookie.
    void open(session& s, std::uint32_t device);
    // Gives the object back, whether open or not.
    void release(session& s);

    [[nodiscard]] session* find_cookie(std::uint64_t cookie);
    [[nodiscard]] session* find_device(std::uint32_t device);
    [[nodiscard]] std::size_t size() const noexcept { return by_cookie_.size(); }

    // Releases the sessions without a request since `limit`; returns how many.
    std::size_t expire(base::instant limit);

private:
    sip_key key_;
    std::uint64_t cookies_made_ = 0;
    std::deque<session> all_; // addresses stay
    std::vector<session*> free_;
    boost::unordered_flat_map<std::uint64_t, session*> by_cookie_;
    std::vector<session*> by_device_; // by device number; null: none
};

} // namespace cpestorm::acs
