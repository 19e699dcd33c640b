#include "sample_snapshots.hpp"

#include "base/rng.hpp"

#include <cmath>

namespace cpestorm::report {
namespace {

using namespace std::chrono_literals;
using base::failure_reason;
using base::method;
using metrics::device_state;
using metrics::direction;
using metrics::rpc_outcome;
using metrics::shed_reason;

// n times between low and high, evenly on a logarithmic axis.
void fill(metrics::histogram& h, std::uint64_t stream, int n, double low_us, double high_us)
{
    base::rng r(1, stream);
    for (int i = 0; i < n; ++i)
        h.record_us(static_cast<std::uint64_t>(low_us * std::pow(high_us / low_us, r.unit())));
}

} // namespace

metrics::snapshot nothing_happened()
{
    metrics::snapshot s;
    s.run.version = "0.1.0";
    s.run.acs_url = "http://127.0.0.1:7547/";
    s.run.devices_configured = 10;
    s.run.started_at = base::wall_time(1'795'416'370s);
    s.devices[device_state::not_started] = 10;
    s.generator = judge(s);
    return s;
}

metrics::snapshot small_run()
{
    auto s = nothing_happened();
    s.run.command_line = "cpestorm run --acs http://127.0.0.1:7547/ --devices 100";
    s.run.devices_configured = 100;
    s.run.sessions_limit = 2'000;
    s.run.seed = 42;
    s.phase = metrics::run_phase::finished;
    s.elapsed = 60s;
    s.devices = {};
    s.devices[device_state::idle] = 100;
    s.devices_registered = 100;
    s.sessions_active_peak = 7;
    auto& c = s.measured.counters;
    c.sessions.offered = c.sessions.ok = c.sessions.started = c.sessions.attempts = 120;
    c.events[base::event::bootstrap] = 100;
    c.events[base::event::periodic] = 20;
    for (int i = 0; i < 120; ++i)
        c.rpc(direction::cpe, method::inform, rpc_outcome::ok);
    c.http[metrics::http_slot(200)] = 120;
    c.http[metrics::http_slot(204)] = 120;
    c.bytes_sent = 312'000;
    c.bytes_received = 99'000;
    auto& t = s.measured.times;
    fill(t.response, 1, 120, 900, 9'000);
    fill(t.service, 1, 120, 850, 8'900);
    fill(t.lag, 2, 120, 20, 1'500);
    fill(t.tcp_connect, 3, 120, 30, 200);
    fill(t.of(method::inform), 4, 120, 300, 4'000);
    s.process.cpu = 180ms;
    s.process.loop_stall_max = 3ms;
    s.process.busy_ratio = {0.003};
    s.process.max_rss_bytes = 21'000'000;
    s.generator = judge(s);
    return s;
}

metrics::snapshot huge_run()
{
    auto s = small_run();
    s.run.scenario = "power-cut-in-a-city";
    s.run.acs_url = "https://storm:secret@acs.example.net:7547/cwmp";
    s.run.devices_configured = 1'000'000;
    s.run.sessions_limit = 19'000;
    s.run.shards = 16;
    s.elapsed = 49h + 12min;
    s.devices = {};
    s.devices[device_state::idle] = 999'000;
    s.devices[device_state::backoff] = 1'000;
    s.devices_registered = 999'963;
    s.sessions_active = 12;
    s.sessions_active_peak = 19'000;
    s.target_per_second = 3'333.3;

    auto& c = s.measured.counters;
    c.sessions.offered = 590'400'000;
    c.sessions.failed_by[failure_reason::read_timeout] = 1'234'567;
    c.sessions.failed_by[failure_reason::http_5xx] = 98'765;
    c.sessions.failed_by[failure_reason::tls] = 3;
    c.sessions.failed_by[failure_reason::local_error] = 2;
    c.session_failed(failure_reason::read_timeout, "no complete answer within 30s");
    c.session_failed(failure_reason::http_5xx,
                     "status 503 \x1b[31m" + std::string(150, 'y') + "\xff");
    c.sessions.shed_by[shed_reason::concurrency_cap] = 7'000'000;
    c.sessions.shed_by[shed_reason::no_source_port] = 17;
    c.sessions.unfinished = 44;
    c.sessions.ok =
        c.sessions.offered - c.sessions.failed() - c.sessions.shed() - c.sessions.unfinished;
    c.sessions.started = c.sessions.ok + c.sessions.failed() + c.sessions.unfinished;
    c.sessions.attempts = c.sessions.started + 1'590'200;
    c.sessions.recovered = 1'333'300;
    c.sessions.deferred = 481;
    for (std::size_t e = 0; e < base::event_count; ++e)
        c.events[static_cast<base::event>(e)] = 1'000'000 - e * 1'000;
    for (const auto m : {method::inform, method::transfer_complete, method::get_rpc_methods})
        c.rpcs[0][m][rpc_outcome::ok] = 3'902'114;
    for (auto m = method::get_rpc_methods; m <= method::other;
         m = static_cast<method>(static_cast<int>(m) + 1))
        c.rpcs[1][m][rpc_outcome::ok] = 3'902'114;
    c.rpcs[1][method::set_parameter_values][rpc_outcome::fault] = 38;
    c.faults[metrics::fault_slot(9005)] = 38;
    c.faults[metrics::fault_slot(8005)] = 3;
    c.http[metrics::http_slot(503)] = 2'904;
    c.http[metrics::http_slot(999)] = 1;
    c.connection_requests[metrics::connection_request_outcome::ok] = 18'240;
    c.connection_requests[metrics::connection_request_outcome::busy] = 12;
    c.transfer(metrics::transfer_kind::download) = {5'000, 21, 987'654'321'000};
    c.acs_deviations.add("cwmp:ID of the response differs from the request's", 12'345);
    c.acs_deviations.add("Content-Type is not text/xml", 7);
    c.bytes_sent = 9'400'000'000'000;
    c.bytes_received = 6'100'000'000'000;

    auto& t = s.measured.times;
    fill(t.response, 5, 10'000, 20'000, 35e6);
    fill(t.service, 5, 10'000, 19'000, 34e6);
    fill(t.lag, 6, 10'000, 10, 300'000);
    fill(t.tls_handshake, 7, 10'000, 2'000, 4.8e6);
    for (auto& h : t.rpc)
        fill(h, 8, 1'000, 5'000, 30e6);
    fill(t.connection_request_to_inform, 9, 1'000, 200'000, 2.8e9);
    s.process.cpu = 700h;
    s.process.loop_stall_max = 812ms;
    s.process.busy_ratio = {0.91, 0.4};
    s.process.max_rss_bytes = 2'900'000'000;
    s.generator = judge(s);
    return s;
}

} // namespace cpestorm::report
