#include "run/host.hpp"

#include <dirent.h>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace cpestorm::run {

std::uint64_t raise_descriptor_limit() noexcept
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    if (limit.rlim_cur < limit.rlim_max) {
        rlimit wanted = limit;
        wanted.rlim_cur = limit.rlim_max;
        if (::setrlimit(RLIMIT_NOFILE, &wanted) == 0) limit = wanted;
    }
    return limit.rlim_cur;
}

std::uint64_t descriptors_open() noexcept
{
    DIR* dir = ::opendir("/proc/self/fd");
    if (dir == nullptr) return 0;
    std::uint64_t n = 0;
    while (const dirent* e = ::readdir(dir))
        if (e->d_name[0] != '.') ++n;
    ::closedir(dir);
    return n - 1; // without the one of the listing itself
}

port_range ephemeral_ports()
{
    port_range out;
    std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
    unsigned first = 0;
    unsigned last = 0;
    if (file >> first >> last && first <= last && last <= 65535)
        out = {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)};
    return out;
}

memory_use memory() noexcept
{
    memory_use out;
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0)
        out.max_rss_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    try {
        std::ifstream file("/proc/self/statm");
        std::uint64_t size = 0;
        std::uint64_t resident = 0;
        if (file >> size >> resident)
            out.rss_bytes = resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    } catch (const std::exception&) {
        out.rss_bytes = 0; // unknown
    }
    return out;
}

} // namespace cpestorm::run
