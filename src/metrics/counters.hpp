#pragma once

// Everything that is counted, as plain numbers: one set per shard, written by its thread alone.
//
// The unit of load is the session, and the books of sessions balance:
//   * One due event of a device is ONE offered session, whatever becomes of it.
//   * It ends in exactly one of ok, failed, shed, unfinished, by its first attempt:
//     failed means that the first attempt failed. CWMP then repeats the session until it succeeds;
//     repetitions are attempts of the same session, and success then makes it also `recovered`.
//   * An event that falls due while its device is in a session or waits to repeat one is offered
//     too, and deferred: CWMP delivers it with the device's next session, whose outcome it shares.

#include "base/cwmp_names.hpp"
#include "metrics/samples.hpp"
#include "metrics/vocabulary.hpp"

#include <array>
#include <cstdint>

namespace cpestorm::metrics {

// An array of counters with an enum as index.
template <class Enum, std::size_t Count>
struct tally {
    std::array<std::uint64_t, Count> values{};

    std::uint64_t& operator[](Enum e) noexcept { return values[static_cast<std::size_t>(e)]; }
    std::uint64_t operator[](Enum e) const noexcept { return values[static_cast<std::size_t>(e)]; }
    [[nodiscard]] std::uint64_t total() const noexcept
    {
        std::uint64_t sum = 0;
        for (const auto v : values)
            sum += v;
        return sum;
    }
    void merge(const tally& other) noexcept
    {
        for (std::size_t i = 0; i < Count; ++i)
            values[i] += other.values[i];
    }
};
template <class Enum>
using tally_of = tally<Enum, count_of<Enum>>;

struct session_counters {
    std::uint64_t offered = 0;    // fell due
    std::uint64_t ok = 0;         // of offered: the first attempt ended as the protocol wants
    std::uint64_t unfinished = 0; // of offered: neither begun and ended nor shed when the run ended
    tally<base::failure_reason, base::failure_reason_count> failed_by; // of offered, first attempts
    tally_of<shed_reason> shed_by;                                     // of offered, never begun

    std::uint64_t started = 0;   // of offered: the first attempt began
    std::uint64_t deferred = 0;  // of offered: fell due while the device was busy
    std::uint64_t recovered = 0; // of failed: a later attempt succeeded
    std::uint64_t attempts = 0;  // sessions begun; deferred events share one

    [[nodiscard]] std::uint64_t failed() const noexcept { return failed_by.total(); }
    [[nodiscard]] std::uint64_t shed() const noexcept { return shed_by.total(); }
    // Of offered, those that have no outcome yet: in flight, or deferred and waiting. Negative
    // means that something was counted twice.
    [[nodiscard]] std::int64_t open() const noexcept
    {
        return static_cast<std::int64_t>(offered - ok - failed() - shed() - unfinished);
    }
    // Whether offered = ok + failed + shed + unfinished, as it must be at the end of a run.
    [[nodiscard]] bool balanced() const noexcept { return open() == 0; }

    void merge(const session_counters& other) noexcept;
};

struct transfer_counters {
    std::uint64_t ok = 0;
    std::uint64_t failed = 0;
    std::uint64_t bytes = 0; // of file contents, of failed transfers too
    void merge(const transfer_counters& other) noexcept;
};

struct counters {
    session_counters sessions;

    // Events in Informs that the ACS acknowledged; one Inform may carry several.
    tally<base::event, base::event_count> events;

    // Answered RPCs. direction::cpe: the CPE called, the ACS answered; direction::acs: the ACS
    // called, the CPE answered.
    struct rpc_tally {
        std::array<tally_of<rpc_outcome>, base::method_count> of_method;
        tally_of<rpc_outcome>& operator[](base::method m) noexcept
        {
            return of_method[static_cast<std::size_t>(m)];
        }
        const tally_of<rpc_outcome>& operator[](base::method m) const noexcept
        {
            return of_method[static_cast<std::size_t>(m)];
        }
    };
    std::array<rpc_tally, count_of<direction>> rpcs;

    std::array<std::uint64_t, fault_slots> faults{}; // by code, sent by either side
    std::array<std::uint64_t, http_slots> http{};    // final responses of the ACS, by status

    tally_of<connection_request_outcome> connection_requests; // by answer
    std::array<transfer_counters, count_of<transfer_kind>> transfers;

    std::uint64_t bytes_sent = 0;     // to ACS and file servers: HTTP messages, without TLS and TCP
    std::uint64_t bytes_received = 0; // likewise

    phrase_counts acs_deviations; // of the ACS from the standard, as session_result names them
    std::array<frequent_texts, base::failure_reason_count> failure_details; // of failed attempts

    // Counts one answered RPC.
    void rpc(direction d, base::method m, rpc_outcome o) noexcept
    {
        ++rpcs[static_cast<std::size_t>(d)][m][o];
    }
    void fault(unsigned code) noexcept { ++faults[fault_slot(code)]; }
    void http_response(unsigned status) noexcept { ++http[http_slot(status)]; }
    transfer_counters& transfer(transfer_kind k) noexcept
    {
        return transfers[static_cast<std::size_t>(k)];
    }
    const transfer_counters& transfer(transfer_kind k) const noexcept
    {
        return transfers[static_cast<std::size_t>(k)];
    }
    // Counts the end of a session's first attempt as failed. `detail` is for people, no secrets.
    void session_failed(base::failure_reason r, std::string_view detail);

    void merge(const counters& other);
};

} // namespace cpestorm::metrics
