#include "report/json.hpp"

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "report/format.hpp"
#include "report/redact.hpp"

namespace cpestorm::report {
namespace {

using base::json_writer;
using metrics::snapshot;

constexpr std::size_t text_characters_max = 4'000; // of anything that users or peers wrote

double seconds(base::duration d) noexcept
{
    return std::chrono::duration<double>(d).count();
}

double seconds_of_us(std::uint64_t us) noexcept
{
    return static_cast<double>(us) / 1e6;
}

// {"reason": count} for every value of an enum.
template <class Enum, std::size_t Count>
void all_of(json_writer& w, std::string_view key, const metrics::tally<Enum, Count>& counts)
{
    w.key(key).begin_object();
    for (std::size_t i = 0; i < Count; ++i)
        w.field(name(static_cast<Enum>(i)), counts.values[i]);
    w.end_object();
}

void run(json_writer& w, const snapshot& s)
{
    w.key("run").begin_object();
    w.field("version", s.run.version);
    if (!s.run.scenario.empty())
        w.field("scenario", printable(s.run.scenario, text_characters_max));
    w.field("phase", name(s.phase));
    w.field("started_at", base::format_utc(s.run.started_at));
    w.field("seconds", seconds(s.elapsed));
    w.field("seed", s.run.seed);
    w.field("devices", s.run.devices_configured);
    w.field("threads", s.run.shards);
    w.field("acs_url", printable(without_userinfo(s.run.acs_url), text_characters_max));
    if (!s.run.command_line.empty())
        w.field("command_line", printable(s.run.command_line, text_characters_max));
    w.end_object();
}

void generator(json_writer& w, const snapshot& s)
{
    w.key("generator").begin_object();
    w.field("verdict", name(s.generator.verdict));
    w.key("reasons").begin_array();
    for (const auto& r : s.generator.reasons)
        w.value(printable(r, text_characters_max));
    w.end_array();
    w.field("cpu_seconds", seconds(s.process.cpu));
    w.field("max_rss_bytes", s.process.max_rss_bytes);
    w.field("loop_stall_max_seconds", seconds(s.process.loop_stall_max));
    if (!s.process.busy_ratio.empty()) w.field("busy_ratio_max", s.process.busy_ratio_max());
    w.field("local_errors", local_errors(s.measured.counters.sessions));
    w.end_object();
}

void devices(json_writer& w, const snapshot& s)
{
    w.key("devices").begin_object();
    w.field("configured", s.run.devices_configured);
    w.field("registered", s.devices_registered);
    all_of(w, "states", s.devices);
    w.end_object();
}

void sessions(json_writer& w, const snapshot& s)
{
    const auto& c = s.measured.counters.sessions;
    w.key("sessions").begin_object();
    w.field("offered", c.offered);
    w.field("ok", c.ok);
    w.field("failed", c.failed());
    w.field("shed", c.shed());
    w.field("unfinished", c.unfinished);
    w.field("started", c.started);
    w.field("deferred", c.deferred);
    w.field("attempts", c.attempts);
    w.field("recovered", c.recovered);
    w.field("in_flight", s.sessions_active);
    w.field("in_flight_peak", s.sessions_active_peak);
    all_of(w, "failed_by_reason", c.failed_by);
    w.key("failed_examples").begin_object();
    for (std::size_t i = 0; i < base::failure_reason_count; ++i)
        if (const auto* sample = s.measured.counters.failure_details[i].top())
            w.field(name(static_cast<base::failure_reason>(i)),
                    printable(sample->text, text_characters_max));
    w.end_object();
    all_of(w, "shed_by_reason", c.shed_by);
    w.end_object();
}

void times(json_writer& w, std::string_view key, const metrics::histogram& h)
{
    w.key(key).begin_object();
    w.field("count", h.count());
    if (h.count() > 0) {
        w.field("min", seconds_of_us(h.min_us()));
        w.field("mean", seconds_of_us(h.sum_us()) / static_cast<double>(h.count()));
        w.field("p50", seconds_of_us(h.quantile_us(0.5)));
        w.field("p90", seconds_of_us(h.quantile_us(0.9)));
        w.field("p99", seconds_of_us(h.quantile_us(0.99)));
        w.field("p999", seconds_of_us(h.quantile_us(0.999)));
        w.field("max", seconds_of_us(h.max_us()));
        if (h.clamped() > 0) w.field("over_one_hour", h.clamped());
    }
    w.end_object();
}

void latency(json_writer& w, const snapshot& s)
{
    const auto& t = s.measured.times;
    w.key("latency").begin_object();
    times(w, "session_response_seconds", t.response);
    times(w, "session_service_seconds", t.service);
    times(w, "session_start_lag_seconds", t.lag);
    times(w, "connection_request_to_inform_seconds", t.connection_request_to_inform);
    times(w, "tcp_connect_seconds", t.tcp_connect);
    times(w, "tls_handshake_seconds", t.tls_handshake);
    w.key("rpc_seconds").begin_object();
    for (std::size_t i = 0; i < base::method_count; ++i) {
        const auto m = static_cast<base::method>(i);
        if (m == base::method::inform || t.rpc[i].count() > 0) times(w, name(m), t.rpc[i]);
    }
    w.end_object();
    w.end_object();
}

void rpcs(json_writer& w, const snapshot& s)
{
    const auto& c = s.measured.counters;
    w.key("rpcs").begin_object();
    for (std::size_t i = 0; i < base::method_count; ++i) {
        const auto m = static_cast<base::method>(i);
        metrics::tally_of<metrics::rpc_outcome> both;
        for (const auto& d : c.rpcs)
            both.merge(d[m]);
        if (m == base::method::inform || both.total() > 0) all_of(w, name(m), both);
    }
    w.end_object();

    w.key("events").begin_object();
    for (std::size_t i = 0; i < base::event_count; ++i) {
        const auto e = static_cast<base::event>(i);
        if (c.events[e] > 0) w.field(name(e), c.events[e]);
    }
    w.end_object();

    w.key("faults").begin_object();
    for (std::size_t i = 0; i < metrics::fault_slots; ++i)
        if (c.faults[i] > 0) w.field(metrics::fault_slot_name(i), c.faults[i]);
    w.end_object();

    w.key("http_responses").begin_object();
    for (std::size_t i = 0; i < metrics::http_slots; ++i)
        if (c.http[i] > 0) w.field(metrics::http_slot_name(i), c.http[i]);
    w.end_object();
}

void transfers_and_traffic(json_writer& w, const snapshot& s)
{
    const auto& c = s.measured.counters;
    w.key("transfers").begin_object();
    for (std::size_t i = 0; i < c.transfers.size(); ++i) {
        w.key(name(static_cast<metrics::transfer_kind>(i))).begin_object();
        w.field("ok", c.transfers[i].ok);
        w.field("failed", c.transfers[i].failed);
        w.field("bytes", c.transfers[i].bytes);
        w.end_object();
    }
    w.end_object();
    w.key("traffic").begin_object();
    w.field("sent_bytes", c.bytes_sent);
    w.field("received_bytes", c.bytes_received);
    w.end_object();
}

void deviations(json_writer& w, const snapshot& s)
{
    const auto& d = s.measured.counters.acs_deviations;
    w.key("acs_deviations").begin_object();
    for (const auto& e : d.entries())
        w.field(e.phrase, e.count);
    if (d.other() > 0) w.field("other", d.other());
    w.end_object();
}

} // namespace

std::string to_json(const metrics::snapshot& s)
{
    std::string out;
    json_writer w(out, 2);
    w.begin_object();
    w.field("schema_version", 1);
    w.field("verdict", name(conclude(s)));
    run(w, s);
    generator(w, s);
    devices(w, s);
    sessions(w, s);
    latency(w, s);
    rpcs(w, s);
    all_of(w, "connection_requests", s.measured.counters.connection_requests);
    transfers_and_traffic(w, s);
    deviations(w, s);
    w.key("phases").begin_array().end_array();
    w.key("thresholds").begin_array().end_array();
    w.end_object();
    out += '\n';
    return out;
}

} // namespace cpestorm::report
