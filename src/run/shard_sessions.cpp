// What falls due, begins and ends: the part of a shard that keeps the books.

#include "run/shard.hpp"

#include "base/limits.hpp"
#include "base/rng.hpp"
#include "fleet/arrivals.hpp"
#include "run/transfer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;
using metrics::device_state;

constexpr int begun_per_turn = 32; // so that a burst of due sessions does not starve those running

void rethrow(const std::exception_ptr& e)
{
    if (e) std::rethrow_exception(e); // out of io_context::run, to the thread's border
}

void add_saturating(std::uint16_t& to, std::uint32_t n)
{
    to = static_cast<std::uint16_t>(std::min<std::uint32_t>(0xFFFF, to + n));
}

} // namespace

void shard::power_up(std::uint32_t local, fleet::fleet_time due)
{
    const auto interval = static_cast<fleet::fleet_time>(plan_.interval.count());
    const auto periodic = fleet::periodic_of(plan_.seed, index_of(local), interval);
    duties_[local].started = 1;
    const auto at = instant_of(due);
    cpe(local, at).power_up(periodic.next_after(due));
    (void)offer(local, 1);
    enqueue(local, at, at);
}

// Something the device waits for has come: a periodic Inform, the end of a back-off or of a reboot.
void shard::fall_due(std::uint32_t local, base::instant now, bool was_busy)
{
    const auto& s = states_[local];
    if (s.in_session || duties_[local].queued) return;
    const auto fleet_now = env_.to_fleet(now);
    const bool periodic = s.periodic_due <= fleet_now;
    const bool boot = s.rebooting && s.wake_due <= fleet_now;
    const bool backing_off = s.retry_count > 0 && !boot;
    // What a device misses while it is off is nobody's lag.
    const auto due_at = boot ? s.wake_due : std::min(s.periodic_due, s.wake_due);
    const auto due = due_at == fleet::never ? now : std::min(now, instant_of(due_at));
    std::uint32_t events = boot ? 1 : 0;
    if (periodic && !boot) events = periodic_instants(local, now);
    const bool wakes = cpe(local, now).wake();
    if (wakes && events == 0 && !backing_off && duties_[local].waiting == 0) events = 1;
    events = offer(local, events);
    // Of several periodic instants in one busy time, all but the first had to wait for it.
    if (was_busy || backing_off) env_.measured.counters.sessions.deferred += events;
    if (wakes) {
        enqueue(local, due, was_busy ? now : due);
        return;
    }
    start_transfer(local, now);
    rest(local, now);
}

// How many periodic Informs have fallen due by now: more than one if the device was busy for
// longer than its interval. CWMP delivers them as one event, but each was an offered session.
std::uint32_t shard::periodic_instants(std::uint32_t local, base::instant now)
{
    const auto interval = cpe(local, now).periodic_interval().count();
    // Nothing falls due from the end of the load on.
    const auto last = std::min(now, end_of_load_ - std::chrono::milliseconds(1));
    const auto passed = env_.to_fleet(last) - states_[local].periodic_due;
    if (interval <= 0 || env_.to_fleet(last) < states_[local].periodic_due) return 1;
    return 1 + static_cast<std::uint32_t>(passed / static_cast<std::uint64_t>(interval));
}

// Returns how many were taken into the books: no device can have more than 65,535 open at a time.
std::uint32_t shard::offer(std::uint32_t local, std::uint32_t events)
{
    auto& waiting = duties_[local].waiting;
    events = std::min<std::uint32_t>(events, 0xFFFFu - waiting);
    waiting = static_cast<std::uint16_t>(waiting + events);
    env_.measured.counters.sessions.offered += events;
    return events;
}

void shard::enqueue(std::uint32_t local, base::instant due, base::instant ready)
{
    auto& d = duties_[local];
    if (d.queued) return;
    d.queued = 1;
    wheel_.cancel(local);
    if (const auto earlier = deferred_since_.find(local); earlier != deferred_since_.end()) {
        due = std::min(due, earlier->second);
        deferred_since_.erase(earlier);
    }
    queue_.push_back({local, due, ready});
    post_pump();
}

// Never calls pump() itself: a session that fails at once ends inside pump().
void shard::post_pump()
{
    if (pumping_ || queue_.empty()) return;
    pumping_ = true;
    asio::post(io_, [this] { pump(); });
}

// Begins queued sessions while there are free slots.
void shard::pump()
{
    const auto now = base::now();
    if (now >= end_of_drain_) { // what is left is shed, see give_up_rest()
        pumping_ = false;
        check_finished(now);
        return;
    }
    for (int i = 0; i != begun_per_turn && !queue_.empty() && in_flight_ < cap_; ++i) {
        const auto next = queue_.front();
        queue_.pop_front();
        begin(next, now);
    }
    pumping_ = false;
    if (in_flight_ < cap_) post_pump();
}

void shard::begin(const queued_session& q, base::instant now)
{
    if (free_.empty()) {
        pool_.push_back(std::make_unique<session>(env_, static_cast<std::uint32_t>(pool_.size())));
        free_.push_back(pool_.back().get());
    }
    session& s = *free_.back();
    free_.pop_back();
    in_flight_peak_ = std::max(in_flight_peak_, ++in_flight_);
    auto& d = duties_[q.local];
    d.queued = 0;
    s.due = q.due;
    s.ready = q.ready;
    s.offered = std::exchange(d.waiting, std::uint16_t{0});
    env_.measured.counters.sessions.started += s.offered;
    ++env_.measured.counters.sessions.attempts;
    show(q.local, device_state::in_session);
    const auto random = base::draw(entropy_, number_, sessions_begun_++);
    const auto first = s.begin(index_of(q.local), states_[q.local], random);
    asio::co_spawn(io_, run_session(&s, first), rethrow);
    wake_at(now + env_.transport.limits.connect);
}

asio::awaitable<void> shard::run_session(session* s, wait next)
{
    while (next != wait::over) {
        base::error_code ec; // cancelled or not: advance() finds out
        if (next == wait::name) {
            ec = co_await env_.names.resolve(s->host_to_resolve());
            next = s->resolved(ec);
            continue;
        }
        const auto what =
            next == wait::read ? http::tcp_socket::wait_read : http::tcp_socket::wait_write;
        co_await s->socket().async_wait(what, asio::redirect_error(asio::use_awaitable, ec));
        next = s->advance();
    }
    ended(*s);
}

void shard::ended(session& s)
{
    const auto now = base::now();
    const auto local = s.device_index() / plan_.shards;
    auto& d = duties_[local];
    const double u = base::to_unit(
        base::draw(plan_.seed, s.device_index(), 0x7265747279u + states_[local].retry_count));
    cpe(local, now).session_ended(s.content(), s.result(), u);
    count_outcome(s, d, now);
    --in_flight_;
    free_.push_back(&s);
    if (!d.registered && s.result().inform_acknowledged) {
        d.registered = 1;
        ++registered_;
    }
    start_transfer(local, now);
    schedule(local, now, true);
    post_pump();
    check_finished(now);
}

void shard::count_outcome(const session& s, duty& d, base::instant now)
{
    auto& m = env_.measured;
    const auto& r = s.result();
    for (const auto phrase : r.deviations)
        m.counters.acs_deviations.add(phrase);
    if (r.fault_code != 0) m.counters.fault(r.fault_code);
    count_events(s);
    if (s.aborted() && !r.ok) {
        m.counters.sessions.unfinished += s.offered;
        return;
    }
    if (s.offered != 0) {
        m.times.response.record(now - s.due);
        m.times.service.record(now - s.started);
        m.times.lag.record(s.started - s.ready);
    }
    if (r.ok) {
        m.counters.sessions.ok += s.offered;
        m.counters.sessions.recovered += std::exchange(d.to_recover, std::uint16_t{0});
        return;
    }
    for (std::uint32_t i = 0; i != s.offered; ++i)
        m.counters.session_failed(r.reason, r.detail);
    add_saturating(d.to_recover, s.offered);
}

void shard::count_events(const session& s)
{
    if (!s.result().inform_acknowledged) return;
    for (const auto& e : s.content().inform.events)
        if (const auto code = base::parse_event(e.code)) ++env_.measured.counters.events[*code];
    const auto local = s.device_index() / plan_.shards;
    const auto asked = requested_at_.find(local);
    // A request that came after the Inform waits for the next one.
    if (asked != requested_at_.end() && asked->second <= s.informed_at()) {
        env_.measured.times.connection_request_to_inform.record(s.informed_at() - asked->second);
        requested_at_.erase(asked);
    }
}

// After a session: sets the device's timer, or has it go on at once if something came up meanwhile.
void shard::schedule(std::uint32_t local, base::instant now, bool was_busy)
{
    const auto next = cpe(local, now).next_wake();
    // What fell due before the end of the load is served even during the drain.
    const bool due = next != fleet::never && instant_of(next) <= now &&
                     (instant_of(next) < end_of_load_ || duties_[local].waiting != 0);
    if (due)
        fall_due(local, now, was_busy);
    else
        rest(local, now);
}

// Sets the device's timer for what is still to come.
void shard::rest(std::uint32_t local, base::instant now)
{
    const auto& s = states_[local];
    show(local, s.rebooting         ? device_state::offline
                : s.retry_count > 0 ? device_state::backoff
                                    : device_state::idle);
    const auto next = cpe(local, now).next_wake();
    if (next == fleet::never || instant_of(next) >= end_of_load_) return;
    wheel_.arm(local, next); // a time that has passed already comes with the next tick
    wake_at(instant_of(next));
}

shard::request_result shard::connection_requested(std::uint32_t device_index)
{
    const auto local = device_index / plan_.shards;
    const auto now = base::now();
    auto& d = duties_[local];
    auto& s = states_[local];
    if (now >= end_of_load_ || !d.started) return request_result::busy;
    // One session serves all requests that come before it, and one those that come during it.
    const bool already =
        s.in_session ? s.connection_request_waiting : s.events.has(base::event::connection_request);
    if (!cpe(local, now).connection_requested()) return request_result::busy;
    if (already) return request_result::accepted;
    requested_at_.try_emplace(local, now);
    (void)offer(local, 1);
    if (s.in_session) {
        // Served by exactly one session after this one (TR-069 §3.2.2).
        ++env_.measured.counters.sessions.deferred;
        deferred_since_.try_emplace(local, now);
        return request_result::accepted;
    }
    enqueue(local, now, now);
    return request_result::accepted;
}

// The books at the end: what was offered and never begun.
void shard::give_up_rest()
{
    auto& sessions = env_.measured.counters.sessions;
    for (const auto& q : queue_) {
        auto& waiting = duties_[q.local].waiting;
        sessions.shed_by[metrics::shed_reason::concurrency_cap] += waiting;
        waiting = 0;
    }
    queue_.clear();
    for (auto& d : duties_)
        sessions.unfinished += std::exchange(d.waiting, std::uint16_t{0});
}

void shard::start_transfer(std::uint32_t local, base::instant now)
{
    auto job = cpe(local, now).due_transfer();
    if (job) transfer_queue_.push_back({local, std::move(*job)});
    next_transfer();
}

void shard::next_transfer()
{
    if (transfer_queue_.empty() || transfers_ == base::limits::transfers_per_shard) return;
    auto next = std::move(transfer_queue_.front());
    transfer_queue_.pop_front();
    ++transfers_;
    asio::co_spawn(io_, run_transfer(next.local, std::move(next.job)), rethrow);
}

asio::awaitable<void> shard::run_transfer(std::uint32_t local, device::transfer_job job)
{
    const auto started = base::wall_now();
    const auto outcome = co_await fetch(&env_, std::move(job));
    auto& count = env_.measured.counters.transfer(metrics::transfer_kind::download);
    ++(outcome.fault.code == 0 ? count.ok : count.failed);
    count.bytes += outcome.bytes;
    --transfers_;
    if (finished_) co_return;
    const auto now = base::now();
    cpe(local, now).transfer_finished(outcome.fault, started, base::wall_now());
    if (!states_[local].in_session && !duties_[local].queued) schedule(local, now, false);
    next_transfer();
}

} // namespace cpestorm::run
