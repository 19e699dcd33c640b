#include "metrics/counters.hpp"

#include "metrics/shard_metrics.hpp"

namespace cpestorm::metrics {

void session_counters::merge(const session_counters& other) noexcept
{
    offered += other.offered;
    ok += other.ok;
    unfinished += other.unfinished;
    failed_by.merge(other.failed_by);
    shed_by.merge(other.shed_by);
    started += other.started;
    deferred += other.deferred;
    recovered += other.recovered;
    attempts += other.attempts;
}

void transfer_counters::merge(const transfer_counters& other) noexcept
{
    ok += other.ok;
    failed += other.failed;
    bytes += other.bytes;
}

void counters::session_failed(base::failure_reason r, std::string_view detail)
{
    ++sessions.failed_by[r];
    if (!detail.empty()) failure_details[static_cast<std::size_t>(r)].add(detail);
}

void counters::merge(const counters& other)
{
    sessions.merge(other.sessions);
    events.merge(other.events);
    for (std::size_t d = 0; d < rpcs.size(); ++d)
        for (std::size_t m = 0; m < base::method_count; ++m)
            rpcs[d].of_method[m].merge(other.rpcs[d].of_method[m]);
    for (std::size_t i = 0; i < faults.size(); ++i)
        faults[i] += other.faults[i];
    for (std::size_t i = 0; i < http.size(); ++i)
        http[i] += other.http[i];
    connection_requests.merge(other.connection_requests);
    for (std::size_t k = 0; k < transfers.size(); ++k)
        transfers[k].merge(other.transfers[k]);
    bytes_sent += other.bytes_sent;
    bytes_received += other.bytes_received;
    acs_deviations.merge(other.acs_deviations);
    for (std::size_t r = 0; r < failure_details.size(); ++r)
        failure_details[r].merge(other.failure_details[r]);
}

void histograms::merge(const histograms& other) noexcept
{
    response.merge(other.response);
    service.merge(other.service);
    lag.merge(other.lag);
    connection_request_to_inform.merge(other.connection_request_to_inform);
    tcp_connect.merge(other.tcp_connect);
    tls_handshake.merge(other.tls_handshake);
    for (std::size_t m = 0; m < rpc.size(); ++m)
        rpc[m].merge(other.rpc[m]);
}

void shard_metrics::merge(const shard_metrics& other)
{
    counters.merge(other.counters);
    times.merge(other.times);
}

} // namespace cpestorm::metrics
