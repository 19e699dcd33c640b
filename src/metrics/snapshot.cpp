#include "metrics/snapshot.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cpestorm::metrics {
namespace {

using std::chrono::microseconds;

std::string percent(double ratio)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", 100 * ratio);
    return text;
}

void raise(judgement& j, validity at_least, std::string reason)
{
    j.verdict = std::max(j.verdict, at_least);
    j.reasons.push_back(std::move(reason));
}

void judge_lag(judgement& j, const histogram& lag, const judge_limits& limits)
{
    const auto p99 = microseconds(lag.quantile_us(0.99));
    if (p99 <= limits.lag_p99_degraded) return;
    const bool invalid = p99 > limits.lag_p99_invalid;
    raise(j, invalid ? validity::invalid : validity::degraded,
          "sessions started late: p99 of the lag is " + base::format_duration(p99) +
              ", more than " +
              base::format_duration(invalid ? limits.lag_p99_invalid : limits.lag_p99_degraded));
}

void judge_local_errors(judgement& j, const session_counters& c)
{
    const auto one = [&j](std::uint64_t n, const char* what) {
        if (n > 0) raise(j, validity::invalid, std::to_string(n) + what);
    };
    one(c.shed_by[shed_reason::no_source_port], " sessions found no free source port");
    one(c.shed_by[shed_reason::fd_limit], " sessions found no free file descriptor");
    one(c.failed_by[base::failure_reason::local_error],
        " sessions failed by an error of this host");
}

void judge_shedding(judgement& j, const session_counters& c, const run_info& run, double limit)
{
    const auto capped = c.shed_by[shed_reason::concurrency_cap];
    const auto skipped = c.shed_by[shed_reason::late_skip];
    const auto offered = static_cast<double>(std::max<std::uint64_t>(c.offered, 1));
    const auto ratio = static_cast<double>(capped + skipped) / offered;
    if (ratio <= limit) return;
    auto why = "shed " + percent(ratio) + " of the offered sessions: " + std::to_string(capped) +
               " at our own cap of " + std::to_string(run.sessions_limit) + " in flight, " +
               std::to_string(skipped) + " for lateness";
    raise(j, validity::invalid, std::move(why));
}

} // namespace

std::string_view name(run_phase p) noexcept
{
    constexpr std::array<std::string_view, count_of<run_phase>> names{"ramp", "steady", "drain",
                                                                      "finished"};
    return names[static_cast<std::size_t>(p)];
}

std::string_view name(validity v) noexcept
{
    constexpr std::array<std::string_view, count_of<validity>> names{"VALID", "DEGRADED",
                                                                     "INVALID"};
    return names[static_cast<std::size_t>(v)];
}

std::string_view name(outcome o) noexcept
{
    constexpr std::array<std::string_view, count_of<outcome>> names{"PASS", "FAIL", "INVALID"};
    return names[static_cast<std::size_t>(o)];
}

outcome conclude(const snapshot& s) noexcept
{
    if (s.generator.verdict == validity::invalid) return outcome::invalid;
    const auto& sessions = s.measured.counters.sessions;
    return sessions.ok * 100 < sessions.offered * success_percent_min ? outcome::fail
                                                                      : outcome::pass;
}

double process_health::busy_ratio_max() const noexcept
{
    const auto it = std::max_element(busy_ratio.begin(), busy_ratio.end());
    return it == busy_ratio.end() ? 0 : *it;
}

std::uint64_t local_errors(const session_counters& c) noexcept
{
    return c.shed_by[shed_reason::no_source_port] + c.shed_by[shed_reason::fd_limit] +
           c.failed_by[base::failure_reason::local_error];
}

judgement judge(const snapshot& s, const judge_limits& limits)
{
    judgement j;
    const auto& sessions = s.measured.counters.sessions;
    judge_lag(j, s.measured.times.lag, limits);
    judge_local_errors(j, sessions);
    judge_shedding(j, sessions, s.run, limits.shed_ratio_invalid);
    if (const auto busy = s.process.busy_ratio_max(); busy > limits.busy_ratio_degraded)
        raise(j, validity::degraded,
              "the busiest thread used " + percent(busy) + " of a core, more than " +
                  percent(limits.busy_ratio_degraded));
    if (s.process.loop_stall_max > limits.loop_stall_degraded)
        raise(j, validity::degraded,
              "an event loop stood still for " + base::format_duration(s.process.loop_stall_max) +
                  ", more than " + base::format_duration(limits.loop_stall_degraded));
    if (s.phase == run_phase::finished && !sessions.balanced())
        raise(j, validity::invalid,
              "the books do not balance: " + std::to_string(sessions.open()) +
                  " offered sessions have no outcome");
    return j;
}

} // namespace cpestorm::metrics
