#pragma once

// One thread's part of the fleet: the devices k with k mod shards == this shard, their timers, the
// sessions in flight and everything that is measured about them.

#include "base/time.hpp"
#include "device/context.hpp"
#include "device/state.hpp"
#include "fleet/plan.hpp"
#include "fleet/wheel.hpp"
#include "metrics/snapshot.hpp"
#include "run/environment.hpp"
#include "run/session.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace cpestorm::run {

class shard {
public:
    // `plan` and `devices` must outlive the shard. `number` < plan.shards.
    shard(const fleet::run_plan& plan, const device::context& devices,
          const transport_options& transport, std::uint32_t number, std::uint64_t entropy);
    ~shard();

    [[nodiscard]] boost::asio::io_context& io() noexcept { return io_; }

    // The rest is called on the shard's thread.

    // Begins at `epoch`, fleet time 0: devices start along the plan's ramp. `on_finished` is called
    // once, on this thread, when the plan's duration and drain are over and no session is in
    // flight.
    void start(base::instant epoch, std::function<void()> on_finished);
    // From now on no session falls due; those in flight have until `by`, then they are cut.
    void drain(base::instant by);

    [[nodiscard]] resolver& names() noexcept { return env_.names; }
    // Whether a device belongs to this shard.
    [[nodiscard]] bool owns(std::uint32_t device_index) const noexcept
    {
        return device_index % plan_.shards == number_;
    }
    // A device of this shard as it is now; for this call only.
    [[nodiscard]] device::cpe device_at(std::uint32_t device_index);

    // How an authenticated connection request is to be answered; `accepted` starts a session.
    enum class request_result : std::uint8_t { accepted, busy };
    request_result connection_requested(std::uint32_t device_index);
    void count_connection_request(metrics::connection_request_outcome o) noexcept;

    // Adds this shard's measurements and the states of its devices to the picture.
    void contribute(metrics::snapshot& into);

private:
    // What the shard must know of a device beyond device::state.
    struct duty {
        std::uint8_t started : 1 = 0;
        std::uint8_t queued : 1 = 0;     // waits for a free session
        std::uint8_t registered : 1 = 0; // had an Inform acknowledged
        std::uint8_t shown_as : 4 = 0;   // metrics::device_state
        std::uint16_t waiting = 0;       // offered events the next attempt is the first for
        std::uint16_t to_recover = 0;    // offered events whose first attempt failed
    };
    struct queued_transfer {
        std::uint32_t local;
        device::transfer_job job;
    };
    struct queued_session {
        std::uint32_t local;
        base::instant due;   // of the earliest event
        base::instant ready; // when the device could have started: later than due if it was busy
    };
    using timer =
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>,
                                          boost::asio::io_context::executor_type>;

    [[nodiscard]] std::uint32_t index_of(std::uint32_t local) const noexcept
    {
        return local * plan_.shards + number_;
    }
    [[nodiscard]] device::cpe cpe(std::uint32_t local, base::instant now);
    [[nodiscard]] base::instant instant_of(fleet::fleet_time t) const noexcept
    {
        return env_.epoch + fleet::to_duration(t);
    }

    // shard.cpp: time
    boost::asio::awaitable<void> tick_loop();
    void turn(base::instant now);
    void wake_at(base::instant t);
    void check_finished(base::instant now);
    void show(std::uint32_t local, metrics::device_state s) noexcept;

    // shard_sessions.cpp: what falls due, begins and ends
    void power_up(std::uint32_t local, fleet::fleet_time due);
    void fall_due(std::uint32_t local, base::instant now, bool was_busy);
    [[nodiscard]] std::uint32_t offer(std::uint32_t local, std::uint32_t events);
    [[nodiscard]] std::uint32_t periodic_instants(std::uint32_t local, base::instant now);
    void enqueue(std::uint32_t local, base::instant due, base::instant ready);
    void post_pump();
    void pump();
    void begin(const queued_session& q, base::instant now);
    boost::asio::awaitable<void> run_session(session* s, wait next);
    void ended(session& s);
    void count_outcome(const session& s, duty& d, base::instant now);
    void count_events(const session& s);
    void schedule(std::uint32_t local, base::instant now, bool was_busy);
    void rest(std::uint32_t local, base::instant now);
    void give_up_rest();
    void start_transfer(std::uint32_t local, base::instant now);
    void next_transfer();
    boost::asio::awaitable<void> run_transfer(std::uint32_t local, device::transfer_job job);

    const fleet::run_plan& plan_;
    std::uint32_t number_;
    std::uint32_t count_; // devices of this shard
    std::uint32_t cap_;   // sessions in flight

    boost::asio::io_context io_;
    environment env_;
    timer ticker_;
    base::instant planned_wake_{};
    base::instant end_of_load_{};
    base::instant end_of_drain_{};
    std::function<void()> on_finished_;

    std::vector<device::state> states_;
    std::vector<duty> duties_;
    std::array<std::uint32_t, metrics::count_of<metrics::device_state>> shown_{};
    std::uint32_t registered_ = 0;
    fleet::wheel wheel_;
    std::deque<queued_session> queue_;
    bool pumping_ = false;
    std::unordered_map<std::uint32_t, base::instant> deferred_since_; // events of busy devices
    std::unordered_map<std::uint32_t, base::instant> requested_at_;   // connection requests

    std::deque<queued_transfer> transfer_queue_; // at most one per device
    std::size_t transfers_ = 0;                  // running

    std::vector<std::unique_ptr<session>> pool_;
    std::vector<session*> free_;
    std::uint32_t in_flight_ = 0;
    std::uint32_t in_flight_peak_ = 0;
    base::duration loop_stall_max_{};
    std::uint64_t entropy_;
    std::uint64_t sessions_begun_ = 0;
    bool finished_ = false;
};

} // namespace cpestorm::run
