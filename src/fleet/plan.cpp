#include "fleet/plan.hpp"

#include "base/limits.hpp"
#include "fleet/time.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace cpestorm::fleet {
namespace {

using std::chrono::milliseconds;

base::diagnostic wrong(std::string_view option, std::string what)
{
    base::diagnostic d;
    d.where = option;
    d.what = std::move(what);
    return d;
}

std::string between(std::uint64_t low, std::uint64_t high)
{
    return "must be between " + std::to_string(low) + " and " + std::to_string(high);
}

run_plan with_backend(run_plan plan, endpoint_backend b)
{
    plan.backend = b;
    return plan;
}

constexpr milliseconds time_max{never - 1}; // what fleet_time can hold: 49 days

double seconds(milliseconds t) noexcept
{
    return static_cast<double>(t.count()) / 1000;
}

} // namespace

std::string_view name(endpoint_backend b) noexcept
{
    constexpr std::array<std::string_view, 4> names{"none", "address", "port", "socket"};
    return names[static_cast<std::size_t>(b)];
}

base::checked<void> run_plan::validate() const
{
    namespace limits = base::limits;
    if (devices < 1 || devices > limits::devices)
        return wrong("--devices", between(1, limits::devices));
    if (shards < 1 || shards > limits::shards)
        return wrong("--threads", between(1, limits::shards));
    if (shards > devices) return wrong("--threads", "more threads than devices");
    if (interval < milliseconds(1000) || interval > time_max)
        return wrong("--interval", "must be between 1s and 49d");
    if (ramp < milliseconds(0) || ramp > time_max)
        return wrong("--ramp", "must be between 0s and 49d");
    if (duration < milliseconds(1) || drain < milliseconds(0) || duration > time_max ||
        drain > time_max - duration)
        return wrong("--for", "must be longer than 0s; together with the drain at most 49d");
    if (sessions_in_flight < shards)
        return wrong("--max-in-flight", "must be at least one session per thread");
    return {};
}

std::uint32_t run_plan::in_flight_of(std::uint32_t shard) const noexcept
{
    return sessions_in_flight / shards + (shard < sessions_in_flight % shards ? 1 : 0);
}

expectation expect(const run_plan& plan, milliseconds session_time) noexcept
{
    const double n = plan.devices;
    const double interval = seconds(plan.interval);
    // A ramp of nothing still takes the smallest time that schedules know.
    const double ramp = seconds(std::max(plan.ramp, milliseconds(1)));
    const double duration = seconds(plan.duration);
    const double ramped = std::min(duration, ramp); // the part of the ramp that happens
    const double started = n * (ramped / ramp);

    expectation e{};
    e.steady_per_second = n / interval;
    e.ramp_per_second = n / ramp + started / interval;
    // A started device runs, on average, from the middle of the ramp.
    e.sessions = started + started * (duration - ramped / 2) / interval;
    e.steady_in_flight = std::min(n, e.steady_per_second * seconds(session_time));
    // Sessions of the ramp pile up for as long as one lasts, if the ramp does not end before.
    const double piled = n / ramp * std::min(seconds(session_time), ramped);
    e.ramp_in_flight = std::min(n, piled + started / interval * seconds(session_time));
    e.in_flight_cap_too_small =
        std::max(e.steady_in_flight, e.ramp_in_flight) > plan.sessions_in_flight;
    return e;
}

descriptor_need descriptors(const run_plan& plan) noexcept
{
    descriptor_need need{};
    need.sessions = std::min(plan.sessions_in_flight, plan.devices);
    need.reserved = base::limits::descriptors_reserved + plan.other_descriptors;
    need.reserved += std::uint64_t{plan.shards} * base::limits::transfers_per_shard;
    if (plan.backend != endpoint_backend::none)
        need.reserved += std::uint64_t{plan.shards} * base::limits::connection_requests_per_shard;
    switch (plan.backend) {
    case endpoint_backend::none:
        break;
    case endpoint_backend::address:
    case endpoint_backend::port:
        need.listeners = plan.shards;
        break;
    case endpoint_backend::socket:
        need.listeners = std::uint64_t{plan.devices} + plan.shards; // an epoll set per shard
        break;
    }
    return need;
}

base::checked<void> check_descriptors(const run_plan& plan, std::uint64_t limit)
{
    const auto need = descriptors(plan);
    if (need.total() <= limit) return {};

    std::string what = "this host allows " + std::to_string(limit) + " descriptors; ";
    if (need.listeners > 0) what += std::to_string(need.listeners) + " for listening + ";
    what += std::to_string(need.sessions) + " sessions in flight + " +
            std::to_string(need.reserved) + " in reserve do not fit: ";

    auto rest = need; // without the sockets of a listener per device, if there are any
    if (plan.backend == endpoint_backend::socket) {
        rest = descriptors(with_backend(plan, endpoint_backend::address));
        what += "use --cr-backend address ";
        if (rest.total() <= limit) {
            what += "(needs " + std::to_string(rest.total()) + ")";
            const auto fixed = need.total() - plan.devices;
            if (fixed < limit) what += " or at most " + std::to_string(limit - fixed) + " devices";
            return wrong("--cr-backend", what);
        }
        what += "and ";
    }
    const auto fixed = rest.total() - rest.sessions;
    if (fixed + plan.shards <= limit)
        what += "allow at most " + std::to_string(limit - fixed) + " sessions in flight";
    else
        what += "raise the limit (ulimit -n)";
    return wrong("--max-in-flight", what);
}

} // namespace cpestorm::fleet
