#include "report/prometheus.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

namespace cpestorm::report {
namespace {

using metrics::count_of;
using metrics::direction;
using metrics::snapshot;
using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using labels = std::vector<ClientMetric::Label>;

// Upper bounds of the histograms' buckets [µs].
constexpr std::array<std::uint64_t, 17> bounds_us{
    1'000,      2'500,      5'000,      10'000,     25'000,     50'000,
    100'000,    250'000,    500'000,    1'000'000,  2'500'000,  5'000'000,
    10'000'000, 20'000'000, 30'000'000, 60'000'000, 120'000'000};

// Statuses shown even at 0: those that an ACS is likely to answer with. Others appear once seen.
constexpr std::array<unsigned, 20> usual_statuses{200, 204, 301, 302, 303, 307, 308, 400, 401, 403,
                                                  404, 405, 408, 413, 429, 500, 501, 502, 503, 504};

double seconds(base::duration d) noexcept
{
    return std::chrono::duration<double>(d).count();
}

std::string_view lower(metrics::validity v) noexcept
{
    constexpr std::array<std::string_view, count_of<metrics::validity>> names{"valid", "degraded",
                                                                              "invalid"};
    return names[static_cast<std::size_t>(v)];
}

// Collects metric families; each call adds one family or one child to the family begun last.
class exposition {
public:
    void counter(const char* name, const char* help, std::uint64_t value)
    {
        counters(name, help);
        add({}, value);
    }
    void gauge(const char* name, const char* help, double value)
    {
        gauges(name, help);
        set({}, value);
    }
    void counters(const char* name, const char* help) { begin(name, help, MetricType::Counter); }
    void gauges(const char* name, const char* help) { begin(name, help, MetricType::Gauge); }
    void histograms(const char* name, const char* help)
    {
        begin(name, help, MetricType::Histogram);
    }

    void add(labels l, std::uint64_t value) { add(std::move(l), static_cast<double>(value)); }
    void add(labels l, double value) { child(std::move(l)).counter.value = value; }
    void set(labels l, double value) { child(std::move(l)).gauge.value = value; }
    void observe(labels l, const metrics::histogram& h)
    {
        auto& out = child(std::move(l)).histogram;
        std::array<std::uint64_t, bounds_us.size()> counts{};
        h.cumulative(bounds_us, counts);
        for (std::size_t i = 0; i < counts.size(); ++i)
            out.bucket.push_back({counts[i], static_cast<double>(bounds_us[i]) / 1e6});
        out.sample_count = h.count();
        out.sample_sum = static_cast<double>(h.sum_us()) / 1e6;
    }

    // A family with one child for each value of an enum.
    template <class Enum, std::size_t Count>
    void counters_by(const char* name_of_family, const char* help, const char* label,
                     const metrics::tally<Enum, Count>& counts)
    {
        counters(name_of_family, help);
        for (std::size_t i = 0; i < Count; ++i)
            add({{label, std::string(name(static_cast<Enum>(i)))}}, counts.values[i]);
    }

    [[nodiscard]] std::string text() const
    {
        std::ostringstream out;
        prometheus::TextSerializer().Serialize(out, families_);
        return out.str();
    }

private:
    void begin(const char* name, const char* help, MetricType type)
    {
        families_.push_back({name, help, type, {}});
    }
    ClientMetric& child(labels l)
    {
        auto& metric = families_.back().metric.emplace_back();
        metric.label = std::move(l);
        return metric;
    }
    std::vector<MetricFamily> families_;
};

void run(exposition& e, const snapshot& s)
{
    e.gauges("cpestorm_build_info", "The program; always 1.");
    e.set({{"version", s.run.version}}, 1);
    e.gauges("cpestorm_run_info", "The run; always 1.");
    e.set({{"scenario", s.run.scenario},
           {"seed", std::to_string(s.run.seed)},
           {"threads", std::to_string(s.run.shards)}},
          1);
    e.gauges("cpestorm_phase_active", "1 for the phase the run is in.");
    for (std::size_t i = 0; i < count_of<metrics::run_phase>; ++i) {
        const auto p = static_cast<metrics::run_phase>(i);
        e.set({{"phase", std::string(name(p))}}, p == s.phase ? 1 : 0);
    }
    e.gauge("cpestorm_run_elapsed_seconds", "Time since the run's start.", seconds(s.elapsed));
    e.gauges("cpestorm_devices", "Devices by what they do now; adds up to those configured.");
    for (std::size_t i = 0; i < count_of<metrics::device_state>; ++i) {
        const auto state = static_cast<metrics::device_state>(i);
        e.set({{"state", std::string(name(state))}}, static_cast<double>(s.devices[state]));
    }
    e.gauge("cpestorm_devices_registered", "Devices the ACS has acknowledged an Inform of.",
            s.devices_registered);
}

void sessions(exposition& e, const snapshot& s)
{
    const auto& c = s.measured.counters.sessions;
    e.gauge("cpestorm_target_sessions_per_second", "Sessions the plan offers per second now.",
            s.target_per_second);
    e.gauge("cpestorm_sessions_active", "Sessions in flight, repetitions included.",
            s.sessions_active);
    e.gauge("cpestorm_sessions_limit", "Sessions allowed in flight at the same time.",
            s.run.sessions_limit);
    e.counter("cpestorm_sessions_offered_total", "Sessions that fell due.", c.offered);
    e.counter("cpestorm_sessions_started_total", "Offered sessions whose first attempt began.",
              c.started);
    e.counters("cpestorm_sessions_completed_total",
               "Offered sessions by how their first attempt ended.");
    e.add({{"outcome", "ok"}}, c.ok);
    e.add({{"outcome", "failed"}}, c.failed());
    e.add({{"outcome", "unfinished"}}, c.unfinished);
    e.counters_by("cpestorm_sessions_failed_total", "Sessions whose first attempt failed.",
                  "reason", c.failed_by);
    e.counters_by("cpestorm_sessions_shed_total", "Offered sessions that were not begun.", "reason",
                  c.shed_by);
    e.counter("cpestorm_sessions_deferred_total",
              "Offered sessions that fell due while their device was busy.", c.deferred);
    e.counter("cpestorm_session_attempts_total", "Sessions begun, repetitions included.",
              c.attempts);
    e.counter("cpestorm_sessions_recovered_total",
              "Failed sessions of which a repetition succeeded.", c.recovered);
}

void latencies(exposition& e, const snapshot& s)
{
    const auto& t = s.measured.times;
    const auto one = [&e](const char* name, const char* help, const metrics::histogram& h) {
        e.histograms(name, help);
        e.observe({}, h);
    };
    one("cpestorm_session_response_seconds",
        "From when a session was due to its end, first attempts.", t.response);
    one("cpestorm_session_service_seconds", "From a session's start to its end, first attempts.",
        t.service);
    one("cpestorm_session_start_lag_seconds",
        "From when a session was due to its start: lateness of this generator.", t.lag);
    one("cpestorm_tcp_connect_seconds", "Time to connect, successful ones.", t.tcp_connect);
    one("cpestorm_tls_handshake_seconds", "Time of the TLS handshake, successful ones.",
        t.tls_handshake);
    one("cpestorm_connection_request_to_inform_seconds",
        "From an accepted connection request to the Inform.", t.connection_request_to_inform);
    e.histograms("cpestorm_rpc_duration_seconds",
                 "How long the ACS took to answer an RPC, or to go on after the CPE's answer.");
    for (std::size_t i = 0; i < base::method_count; ++i)
        e.observe({{"rpc", std::string(name(static_cast<base::method>(i)))}}, t.rpc[i]);
}

// Whether that side can call the method; the other combinations make no series.
bool may_call(direction d, base::method m) noexcept
{
    using base::method;
    if (m == method::get_rpc_methods || m == method::other) return true;
    const bool cpe_method = m == method::inform || m == method::transfer_complete;
    return cpe_method == (d == direction::cpe);
}

void protocol(exposition& e, const snapshot& s)
{
    const auto& c = s.measured.counters;
    e.counters("cpestorm_rpcs_total", "Answered RPCs, by who called.");
    for (const auto d : {direction::cpe, direction::acs}) {
        for (std::size_t i = 0; i < base::method_count; ++i) {
            const auto m = static_cast<base::method>(i);
            for (const auto o : {metrics::rpc_outcome::ok, metrics::rpc_outcome::fault})
                if (may_call(d, m) || c.rpcs[static_cast<std::size_t>(d)][m][o] > 0)
                    e.add({{"rpc", std::string(name(m))},
                           {"direction", std::string(name(d))},
                           {"outcome", std::string(name(o))}},
                          c.rpcs[static_cast<std::size_t>(d)][m][o]);
        }
    }
    e.counters_by("cpestorm_events_total", "Events in Informs that the ACS acknowledged.", "event",
                  c.events);
    e.counters("cpestorm_cwmp_faults_total", "CWMP faults sent by either side.");
    for (std::size_t i = 0; i < metrics::fault_slots; ++i)
        e.add({{"code", std::string(metrics::fault_slot_name(i))}}, c.faults[i]);
    e.counters("cpestorm_http_responses_total", "HTTP responses of the ACS.");
    for (std::size_t i = 0; i < metrics::http_slots; ++i) {
        const auto usual = std::find(usual_statuses.begin(), usual_statuses.end(), i + 100);
        if (usual != usual_statuses.end() || i + 1 == metrics::http_slots || c.http[i] > 0)
            e.add({{"code", metrics::http_slot_name(i)}}, c.http[i]);
    }
    e.counter("cpestorm_acs_deviations_total", "Deviations of the ACS from the standard.",
              c.acs_deviations.total());
    e.counters_by("cpestorm_connection_requests_total", "Connection requests by their answer.",
                  "outcome", c.connection_requests);
}

void traffic(exposition& e, const snapshot& s)
{
    const auto& c = s.measured.counters;
    e.counters("cpestorm_transfers_total", "File transfers.");
    for (std::size_t i = 0; i < c.transfers.size(); ++i) {
        const std::string kind(name(static_cast<metrics::transfer_kind>(i)));
        e.add({{"kind", kind}, {"outcome", "ok"}}, c.transfers[i].ok);
        e.add({{"kind", kind}, {"outcome", "failed"}}, c.transfers[i].failed);
    }
    e.counters("cpestorm_transfer_bytes_total", "Bytes of transferred files.");
    for (std::size_t i = 0; i < c.transfers.size(); ++i)
        e.add({{"kind", std::string(name(static_cast<metrics::transfer_kind>(i)))}},
              c.transfers[i].bytes);
    e.counter("cpestorm_network_sent_bytes_total", "Bytes of HTTP messages sent.", c.bytes_sent);
    e.counter("cpestorm_network_received_bytes_total", "Bytes of HTTP messages received.",
              c.bytes_received);
}

void generator(exposition& e, const snapshot& s)
{
    const auto& c = s.measured.counters.sessions;
    const auto& p = s.process;
    e.gauges("cpestorm_generator_verdict", "1 for the verdict on this generator so far.");
    for (std::size_t i = 0; i < count_of<metrics::validity>; ++i) {
        const auto v = static_cast<metrics::validity>(i);
        e.set({{"verdict", std::string(lower(v))}}, v == s.generator.verdict ? 1 : 0);
    }
    e.counters("cpestorm_generator_local_errors_total",
               "Sessions shed or failed for want of something of this host.");
    for (const auto r : {metrics::shed_reason::no_source_port, metrics::shed_reason::fd_limit})
        e.add({{"reason", std::string(name(r))}}, c.shed_by[r]);
    e.add({{"reason", std::string(name(base::failure_reason::local_error))}},
          c.failed_by[base::failure_reason::local_error]);
    e.gauge("cpestorm_generator_loop_stall_max_seconds",
            "Longest time an event loop did not come round.", seconds(p.loop_stall_max));
    e.gauge("cpestorm_generator_core_busy_ratio_max",
            "CPU time of the busiest thread divided by time passed.", p.busy_ratio_max());
    e.gauge("cpestorm_generator_max_resident_memory_bytes", "Most memory this process used.",
            static_cast<double>(p.max_rss_bytes));

    e.gauge("process_start_time_seconds", "Start of the run since the Unix epoch.",
            std::chrono::duration<double>(s.run.started_at.time_since_epoch()).count());
    e.counters("process_cpu_seconds_total", "User and system CPU time.");
    e.add({}, seconds(p.cpu));
    e.gauge("process_resident_memory_bytes", "Resident memory.", static_cast<double>(p.rss_bytes));
    e.gauge("process_open_fds", "Open file descriptors.", static_cast<double>(p.descriptors_open));
    e.gauge("process_max_fds", "File descriptors allowed.",
            static_cast<double>(p.descriptors_limit));
}

} // namespace

std::string to_prometheus(const metrics::snapshot& s)
{
    exposition e;
    run(e, s);
    sessions(e, s);
    latencies(e, s);
    protocol(e, s);
    traffic(e, s);
    generator(e, s);
    return e.text();
}

} // namespace cpestorm::report
