#include "base/time.hpp"

#include <ctime>

namespace cpestorm::base {
namespace {

duration read(clockid_t id) noexcept
{
    timespec ts{};
    clock_gettime(id, &ts);
    return std::chrono::seconds(ts.tv_sec) + std::chrono::nanoseconds(ts.tv_nsec);
}

} // namespace

instant now() noexcept
{
    return std::chrono::steady_clock::now();
}

wall_time wall_now() noexcept
{
    return std::chrono::system_clock::now();
}

duration process_cpu_time() noexcept
{
    return read(CLOCK_PROCESS_CPUTIME_ID);
}

duration thread_cpu_time() noexcept
{
    return read(CLOCK_THREAD_CPUTIME_ID);
}

} // namespace cpestorm::base
