#include "report/format.hpp"
#include "report/text.hpp"

#include "base/text.hpp"

namespace cpestorm::report {

status_mark mark(const metrics::snapshot& s) noexcept
{
    const auto& c = s.measured.counters.sessions;
    return {s.elapsed, c.offered, c.ok + c.failed(), c.failed()};
}

std::string status_line(const metrics::snapshot& s, const status_mark& before)
{
    const auto now = mark(s);
    const auto time = now.elapsed - before.elapsed;
    const auto rate = [time](std::uint64_t from, std::uint64_t to) {
        return per_second(to < from ? 0 : to - from, time);
    };
    const auto& response = s.measured.times.response;

    auto out = base::format_duration(std::chrono::round<std::chrono::seconds>(s.elapsed));
    out += "  ";
    out += name(s.phase);
    out += "  devices " + with_separators(s.devices_registered) + "/" +
           with_separators(s.run.devices_configured);
    out += "  sessions/s due " + rate(before.offered, now.offered);
    out += " ended " + rate(before.ended, now.ended);
    out += " failed " + rate(before.failed, now.failed);
    out += "  in flight " + with_separators(s.sessions_active);
    if (response.count() > 0)
        out += "  response p50 " + short_time(response.quantile_us(0.5)) + " p99 " +
               short_time(response.quantile_us(0.99));
    out += "  ";
    out += name(s.generator.verdict);
    return out;
}

} // namespace cpestorm::report
