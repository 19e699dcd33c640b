#include "cwmp/periodic.hpp"

#include <cassert>

namespace cpestorm::cwmp {
namespace {

// `t` since the epoch, folded into [0, interval). Two points folded one by one cannot overflow, as
// their difference could.
base::wall_time::duration phase(base::wall_time t, base::wall_time::duration interval) noexcept
{
    const auto rest = t.time_since_epoch() % interval;
    return rest < rest.zero() ? rest + interval : rest;
}

} // namespace

base::wall_time next_periodic(base::wall_time now, base::wall_time reference,
                              std::chrono::seconds interval) noexcept
{
    assert(interval >= std::chrono::seconds(1));
    const base::wall_time::duration length = interval;
    auto since_last = phase(now, length) - phase(reference, length);
    if (since_last < since_last.zero()) since_last += length;
    return now + (length - since_last);
}

} // namespace cpestorm::cwmp
