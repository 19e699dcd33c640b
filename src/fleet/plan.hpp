#pragma once

// What a run is asked to do, whether that makes sense, and what to expect of it.

#include "base/error.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace cpestorm::fleet {

// How devices listen for connection requests.
enum class endpoint_backend : std::uint8_t {
    none,    // they do not
    address, // an address each; one listener per shard takes all of them
    port,    // a port each, steered to one listener per shard
    socket,  // a listening socket each
};
[[nodiscard]] std::string_view name(endpoint_backend b) noexcept; // "address"

struct run_plan {
    std::uint32_t devices = 100;
    std::chrono::milliseconds interval{300'000}; // between periodic Informs of one device
    std::chrono::milliseconds ramp{60'000};      // over which the devices start; 0: all at once
    std::chrono::milliseconds duration{600'000}; // from the start until no session is due any more
    std::chrono::milliseconds drain{60'000};     // then at most this for sessions in flight
    std::uint64_t seed = 1;
    std::uint32_t shards = 1;
    std::uint32_t sessions_in_flight = 2'000; // at most, over all shards
    endpoint_backend backend = endpoint_backend::none;
    std::uint32_t other_descriptors = 0; // of this process, for an embedded ACS for instance

    // Fails if the plan cannot be run on any host; the diagnostic names the option in `where`.
    [[nodiscard]] base::checked<void> validate() const;

    // The share of `sessions_in_flight` of one shard; the shares add up to it.
    [[nodiscard]] std::uint32_t in_flight_of(std::uint32_t shard) const noexcept;
};

// What a valid plan amounts to.
struct expectation {
    double steady_per_second;     // sessions/s once all devices run: devices / interval
    double ramp_per_second;       // sessions/s at the end of the ramp, its peak
    double sessions;              // over the whole run: first contacts and periodic ones
    double steady_in_flight;      // sessions at the same time, by Little's law
    double ramp_in_flight;        // at the ramp's end; never more than there are devices
    bool in_flight_cap_too_small; // the larger of both exceeds sessions_in_flight
};

//   session_time  how long one session is assumed to take, > 0.
[[nodiscard]] expectation expect(const run_plan& plan,
                                 std::chrono::milliseconds session_time) noexcept;

// File descriptors a plan uses at its peak.
struct descriptor_need {
    std::uint64_t sessions;  // one connection per session in flight
    std::uint64_t listeners; // for connection requests, and what watches them
    std::uint64_t reserved;  // stdio, logs, admin port, event loops
    [[nodiscard]] std::uint64_t total() const noexcept { return sessions + listeners + reserved; }
};
[[nodiscard]] descriptor_need descriptors(const run_plan& plan) noexcept;

// Fails if the plan needs more than `limit` descriptors; the diagnostic says what would fit.
[[nodiscard]] base::checked<void> check_descriptors(const run_plan& plan, std::uint64_t limit);

} // namespace cpestorm::fleet
