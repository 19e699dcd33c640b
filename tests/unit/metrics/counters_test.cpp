#include "metrics/counters.hpp"

#include "metrics/shard_metrics.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cpestorm::metrics {
namespace {

using base::failure_reason;
using base::method;

TEST(session_counters, the_books_balance)
{
    session_counters c;
    EXPECT_TRUE(c.balanced());
    c.offered = 10;
    EXPECT_EQ(c.open(), 10);
    c.ok = 4;
    c.failed_by[failure_reason::read_timeout] = 2;
    c.failed_by[failure_reason::aborted] = 1;
    c.shed_by[shed_reason::late_skip] = 1;
    c.shed_by[shed_reason::abort] = 1;
    EXPECT_FALSE(c.balanced());
    c.unfinished = 1;
    EXPECT_TRUE(c.balanced());
    c.ok = 5;
    EXPECT_EQ(c.open(), -1);
    EXPECT_FALSE(c.balanced());
}

counters some_counters()
{
    counters c;
    c.sessions.offered = 7;
    c.sessions.ok = 5;
    c.sessions.unfinished = 1;
    c.session_failed(failure_reason::aborted, "stopped");
    c.sessions.started = 6;
    c.sessions.deferred = 2;
    c.sessions.recovered = 1;
    c.sessions.attempts = 8;
    ++c.sessions.shed_by[shed_reason::abort];
    c.events[base::event::m_change_du_state] = 3;
    c.rpc(direction::acs, method::other, rpc_outcome::fault);
    c.fault(9032);
    c.http_response(599);
    c.connection_requests[connection_request_outcome::not_found] = 4;
    c.transfer(transfer_kind::upload) = {1, 2, 3};
    c.bytes_sent = 10;
    c.bytes_received = 20;
    c.acs_deviations.add("a phrase");
    return c;
}

TEST(counters, merge_adds_every_one)
{
    auto a = some_counters();
    a.merge(some_counters());
    EXPECT_EQ(a.sessions.offered, 14u);
    EXPECT_EQ(a.sessions.ok, 10u);
    EXPECT_EQ(a.sessions.unfinished, 2u);
    EXPECT_EQ(a.sessions.failed(), 2u);
    EXPECT_EQ(a.sessions.started, 12u);
    EXPECT_EQ(a.sessions.deferred, 4u);
    EXPECT_EQ(a.sessions.recovered, 2u);
    EXPECT_EQ(a.sessions.attempts, 16u);
    EXPECT_EQ(a.sessions.shed(), 2u);
    EXPECT_EQ(a.events.total(), 6u);
    EXPECT_EQ(a.rpcs[1][method::other][rpc_outcome::fault], 2u);
    EXPECT_EQ(a.faults[fault_slot(9032)], 2u);
    EXPECT_EQ(a.http[http_slot(599)], 2u);
    EXPECT_EQ(a.connection_requests[connection_request_outcome::not_found], 8u);
    EXPECT_EQ(a.transfer(transfer_kind::upload).ok, 2u);
    EXPECT_EQ(a.transfer(transfer_kind::upload).failed, 4u);
    EXPECT_EQ(a.transfer(transfer_kind::upload).bytes, 6u);
    EXPECT_EQ(a.bytes_sent, 20u);
    EXPECT_EQ(a.bytes_received, 40u);
    EXPECT_EQ(a.acs_deviations.total(), 2u);
    const auto details = static_cast<std::size_t>(failure_reason::aborted);
    EXPECT_EQ(a.failure_details[details].top()->count, 2u);
}

TEST(shard_metrics, merge_adds_every_histogram)
{
    shard_metrics part;
    auto& t = part.times;
    for (auto* h : {&t.response, &t.service, &t.lag, &t.connection_request_to_inform,
                    &t.tcp_connect, &t.tls_handshake})
        h->record_us(5);
    for (auto& h : t.rpc)
        h.record_us(5);
    shard_metrics all;
    all.merge(part);
    all.merge(part);
    for (auto* h : {&all.times.response, &all.times.service, &all.times.lag,
                    &all.times.connection_request_to_inform, &all.times.tcp_connect,
                    &all.times.tls_handshake})
        EXPECT_EQ(h->count(), 2u);
    for (const auto& h : all.times.rpc)
        EXPECT_EQ(h.count(), 2u);
}

TEST(vocabulary, fault_codes_have_their_slot)
{
    std::set<std::size_t> seen;
    for (unsigned code = 8000; code <= 8006; ++code) {
        EXPECT_EQ(fault_slot_name(fault_slot(code)), std::to_string(code));
        seen.insert(fault_slot(code));
    }
    for (unsigned code = 9000; code <= 9032; ++code) {
        EXPECT_EQ(fault_slot_name(fault_slot(code)), std::to_string(code));
        seen.insert(fault_slot(code));
    }
    EXPECT_EQ(seen.size(), fault_slots - 2);
    for (const unsigned code : {8800u, 8899u, 9800u, 9899u})
        EXPECT_EQ(fault_slot_name(fault_slot(code)), "vendor");
    for (const unsigned code : {0u, 7999u, 8007u, 8999u, 9033u, 9900u, 4'000'000'000u})
        EXPECT_EQ(fault_slot_name(fault_slot(code)), "other");
}

TEST(vocabulary, http_statuses_have_their_slot)
{
    EXPECT_EQ(http_slot(100), 0u);
    EXPECT_EQ(http_slot(599), 499u);
    EXPECT_EQ(http_slot(99), http_slots - 1);
    EXPECT_EQ(http_slot(600), http_slots - 1);
    EXPECT_EQ(http_slot(0), http_slots - 1);
}

template <class Enum>
void expect_names()
{
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < count_of<Enum>; ++i)
        names.insert(name(static_cast<Enum>(i)));
    EXPECT_EQ(names.size(), count_of<Enum>);
    EXPECT_FALSE(names.contains(""));
}

TEST(vocabulary, every_enumerator_has_its_own_name)
{
    expect_names<shed_reason>();
    expect_names<direction>();
    expect_names<rpc_outcome>();
    expect_names<connection_request_outcome>();
    expect_names<transfer_kind>();
    expect_names<device_state>();
}

} // namespace
} // namespace cpestorm::metrics
