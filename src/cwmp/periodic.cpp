#include "cwmp/periodic.hpp"

namespace cpestorm::cwmp {

base::wall_time next_periodic(base::wall_time now, base::wall_time reference,
                              std::chrono::seconds interval) noexcept
{
    const base::wall_time::duration step = interval;
    auto since = (now - reference) % step; // negative if the reference lies in the future
    if (since < base::wall_time::duration::zero()) since += step;
    return now - since + step;
}

} // namespace cpestorm::cwmp
