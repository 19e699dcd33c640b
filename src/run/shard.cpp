#include "run/shard.hpp"

#include "fleet/arrivals.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds longest_sleep{1}; // also how often the loop's stall is sampled

std::uint32_t share_of(std::uint32_t devices, std::uint32_t shards, std::uint32_t number)
{
    return devices / shards + (number < devices % shards ? 1 : 0);
}

void rethrow(const std::exception_ptr& e)
{
    if (e) std::rethrow_exception(e); // out of io_context::run, to the thread's border
}

} // namespace

shard::shard(const fleet::run_plan& plan, const device::context& devices,
             const transport_options& transport, std::uint32_t number, std::uint64_t entropy)
    : plan_(plan)
    , number_(number)
    , count_(share_of(plan.devices, plan.shards, number))
    , cap_(std::min(plan.in_flight_of(number), count_))
    , io_(1)
    , env_(io_, devices, transport, cap_)
    , ticker_(io_)
    , states_(count_)
    , duties_(count_)
    , wheel_(count_)
    , entropy_(entropy)
{
    shown_[static_cast<std::size_t>(metrics::device_state::not_started)] = count_;
}

shard::~shard() = default;

device::cpe shard::cpe(std::uint32_t local, base::instant now)
{
    return {env_.devices, states_[local], index_of(local), env_.to_fleet(now), base::wall_now()};
}

device::cpe shard::device_at(std::uint32_t device_index)
{
    return cpe(device_index / plan_.shards, base::now());
}

void shard::start(base::instant epoch, std::function<void()> on_finished)
{
    env_.epoch = epoch;
    end_of_load_ = epoch + plan_.duration;
    end_of_drain_ = end_of_load_ + plan_.drain;
    on_finished_ = std::move(on_finished);
    const auto ramp = static_cast<fleet::fleet_time>(plan_.ramp.count());
    for (std::uint32_t local = 0; local != count_; ++local)
        wheel_.arm(local, fleet::ramp_start(index_of(local), plan_.devices, ramp));
    planned_wake_ = base::now();
    asio::co_spawn(io_, tick_loop(), rethrow);
}

void shard::drain(base::instant by)
{
    end_of_load_ = std::min(end_of_load_, base::now());
    end_of_drain_ = std::min(end_of_drain_, by);
    wake_at(base::now());
}

asio::awaitable<void> shard::tick_loop()
{
    while (!finished_) {
        const auto now = base::now();
        loop_stall_max_ = std::max(loop_stall_max_, now - planned_wake_);
        turn(now);
        if (finished_) break;
        auto next = now + longest_sleep;
        const auto due = std::min(wheel_.next_due(), env_.deadlines.next_due());
        if (due != fleet::never) next = std::min(next, instant_of(due));
        if (now < end_of_load_)
            next = std::min(next, end_of_load_);
        else
            next = std::min(next, std::max(end_of_drain_, now + std::chrono::milliseconds(10)));
        planned_wake_ = next;
        ticker_.expires_at(next);
        base::error_code ec; // an early wake-up is not an error
        co_await ticker_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
}

// Everything that time brings about.
void shard::turn(base::instant now)
{
    const auto fleet_now = env_.to_fleet(now);
    env_.deadlines.advance(
        fleet_now, [this](std::uint32_t slot, fleet::fleet_time) { pool_[slot]->time_out(); });
    wheel_.advance(fleet_now, [this, now](std::uint32_t local, fleet::fleet_time due) {
        if (instant_of(due) >= end_of_load_) return; // the load is over
        if (duties_[local].started)
            fall_due(local, now, false);
        else
            power_up(local, due);
    });
    if (now >= end_of_drain_) {
        for (const auto& s : pool_)
            s->abort();
    }
    check_finished(now);
}

void shard::wake_at(base::instant t)
{
    if (t >= planned_wake_) return;
    planned_wake_ = t;
    ticker_.expires_at(t); // ends the wait; the loop then sleeps as long as is right
}

void shard::check_finished(base::instant now)
{
    if (finished_ || now < end_of_load_ || in_flight_ != 0) return;
    if (!queue_.empty() && now < end_of_drain_) return;
    finished_ = true;
    give_up_rest();
    ticker_.cancel();
    on_finished_();
}

void shard::show(std::uint32_t local, metrics::device_state s) noexcept
{
    auto& d = duties_[local];
    --shown_[d.shown_as];
    d.shown_as = static_cast<std::uint8_t>(s) & 0xF;
    ++shown_[d.shown_as];
}

void shard::count_connection_request(metrics::connection_request_outcome o) noexcept
{
    ++env_.measured.counters.connection_requests[o];
}

void shard::contribute(metrics::snapshot& into)
{
    into.measured.merge(env_.measured);
    for (std::size_t i = 0; i != shown_.size(); ++i)
        into.devices.values[i] += shown_[i];
    into.devices_registered += registered_;
    into.sessions_active += in_flight_;
    into.sessions_active_peak += in_flight_peak_;
    into.process.loop_stall_max = std::max(into.process.loop_stall_max, loop_stall_max_);
    const auto elapsed = base::now() - env_.epoch;
    if (elapsed > base::duration::zero())
        into.process.busy_ratio.push_back(std::chrono::duration<double>(base::thread_cpu_time()) /
                                          std::chrono::duration<double>(elapsed));
}

} // namespace cpestorm::run
