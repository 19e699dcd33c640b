#include "device/cpe.hpp"

#include "base/rng.hpp"
#include "base/text.hpp"
#include "cwmp/periodic.hpp"
#include "cwmp/retry.hpp"

#include <algorithm>

// When a device contacts the ACS without being asked: the periodic schedule and the retry delay.

namespace cpestorm::device {

using std::chrono::milliseconds;

namespace {

constexpr std::uint64_t phase_stream = 4; // keeps these draws apart from those of identity.cpp

// Of three ways to write PeriodicInformTime's Unknown Time (TR-106 §3.2.1) the date is common.
bool is_unknown_time(std::string_view text) noexcept
{
    return text.starts_with("0001-01-01T00:00:00");
}

std::uint32_t number_or(const std::optional<std::string>& text, std::uint32_t standard) noexcept
{
    if (!text) return standard;
    const auto n = base::parse_unsigned(*text);
    if (!n || *n == 0) return standard;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(*n, 0xFFFFFFFFu));
}

} // namespace

// now + delay; `never` if the clock cannot show it.
fleet_time cpe::later(milliseconds delay) const noexcept
{
    const std::int64_t t = std::int64_t{now_} + std::max<std::int64_t>(delay.count(), 0);
    return t < std::int64_t{never} ? static_cast<fleet_time>(t) : never;
}

// Zero if there is to be no schedule.
milliseconds cpe::periodic_interval() const
{
    const known_rows& rows = context_.known;
    if (context_.ignore_acs_interval) return context_.periodic_interval;
    if (const auto enable = overridden(rows.periodic_enable))
        if (*enable == "0" || *enable == "false") return milliseconds(0);
    const std::uint32_t seconds = number_or(overridden(rows.periodic_interval), 0);
    if (seconds == 0) return context_.periodic_interval;
    return std::chrono::seconds(seconds);
}

// After one of the three parameters changed (TR-181 Device.ManagementServer.PeriodicInformTime):
// with a reference time its phase counts, else the phase stays and only the interval changes.
void cpe::reschedule_periodic()
{
    const milliseconds interval = periodic_interval();
    if (interval.count() <= 0) {
        state_.periodic_due = never;
        return;
    }
    const auto reference = overridden(context_.known.periodic_time);
    if (reference && !context_.ignore_acs_interval && !is_unknown_time(*reference)) {
        if (const auto t = base::parse_date_time(*reference)) {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(interval);
            const base::wall_time next = cwmp::next_periodic(wall_, *t, seconds);
            state_.periodic_due = later(std::chrono::ceil<milliseconds>(next - wall_));
            return;
        }
    }
    std::int64_t wait = 0; // until some instant of the schedule
    if (state_.periodic_due != never)
        wait = std::int64_t{state_.periodic_due} - std::int64_t{now_};
    else
        wait = static_cast<std::int64_t>(
            base::to_unit(base::draw(context_.seed, index_, phase_stream << 32)) *
            static_cast<double>(interval.count()));
    wait %= interval.count();
    if (wait <= 0) wait += interval.count();
    state_.periodic_due = later(milliseconds(wait));
}

// Moves the schedule to its first instant after now; its phase stays.
void cpe::skip_missed_periodic()
{
    if (state_.periodic_due > now_) return;
    const milliseconds interval = periodic_interval();
    if (interval.count() <= 0) {
        state_.periodic_due = never;
        return;
    }
    const std::int64_t late = std::int64_t{now_} - std::int64_t{state_.periodic_due};
    state_.periodic_due = later(milliseconds(interval.count() - late % interval.count()));
}

milliseconds cpe::next_retry_delay(double u) const
{
    const known_rows& rows = context_.known;
    const std::uint32_t m =
        number_or(overridden(rows.retry_minimum_wait), context_.retry_minimum_wait);
    const std::uint32_t k = number_or(overridden(rows.retry_multiplier), context_.retry_multiplier);
    return cwmp::retry_delay(state_.retry_count, m, k, u);
}

} // namespace cpestorm::device
