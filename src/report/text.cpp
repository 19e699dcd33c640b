#include "report/text.hpp"

#include "base/text.hpp"
#include "report/format.hpp"
#include "report/redact.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace cpestorm::report {
namespace {

using metrics::direction;
using metrics::rpc_outcome;
using metrics::snapshot;

std::string counted(std::string_view label, std::uint64_t n)
{
    return std::string(label) + ' ' + with_separators(n);
}

std::string amplification(std::uint64_t a, std::uint64_t b)
{
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "x%.3f",
                  static_cast<double>(a) / static_cast<double>(b));
    return text.data();
}

void heading(std::string& out, const snapshot& s)
{
    out += "cpestorm " + s.run.version;
    if (!s.run.scenario.empty()) out += "   " + printable(s.run.scenario, 40);
    out += "   " + base::format_utc(s.run.started_at);
    out += "   " + base::format_duration(s.elapsed);
    out += s.run.shards == 1 ? "   1 thread" : "   " + std::to_string(s.run.shards) + " threads";
    out += "   seed " + std::to_string(s.run.seed) + '\n';
    if (!s.run.acs_url.empty())
        out += "ACS " + printable(without_userinfo(s.run.acs_url), line_width - 4) + '\n';
}

void verdict(std::string& out, const snapshot& s)
{
    block b(out, "VERDICT");
    b.item(name(conclude(s)));
    b.item(std::string("generator ") + std::string(name(s.generator.verdict)));
    b.item("threshold: " + std::to_string(metrics::success_percent_min) + " % of the sessions ok");
    for (const auto& reason : s.generator.reasons) {
        b.next_line();
        b.item("- " + printable(reason, line_width - 16));
    }
}

void sessions(std::string& out, const snapshot& s)
{
    const auto& c = s.measured.counters.sessions;
    block b(out, "SESSIONS");
    auto identity = counted("offered", c.offered) + " = " + counted("ok", c.ok) + " + " +
                    counted("failed", c.failed()) + " + " + counted("shed", c.shed()) + " + " +
                    counted("unfinished", c.unfinished);
    if (c.open() > 0)
        identity += " + " + counted("still open", static_cast<std::uint64_t>(c.open()));
    b.item(identity);
    b.next_line();
    if (c.offered > 0) {
        b.item(percent(c.ok, c.offered) + " ok");
        b.item(per_second(c.ok + c.failed(), s.elapsed) + " ended/s");
    }
    b.item(counted("deferred", c.deferred));
    b.item(counted("attempts", c.attempts) +
           (c.started > 0 ? " (" + amplification(c.attempts, c.started) + ")" : ""));
    b.item(counted("recovered", c.recovered));
}

void devices(std::string& out, const snapshot& s)
{
    const auto backoff = s.devices[metrics::device_state::backoff];
    block b(out, "DEVICES");
    b.item(with_separators(s.devices_registered) + " of " +
           with_separators(s.run.devices_configured) + " registered (" +
           percent(s.devices_registered, s.run.devices_configured) + ")");
    b.item(counted("sessions in flight: peak", s.sessions_active_peak));
    if (s.run.sessions_limit > 0) b.item(counted("limit", s.run.sessions_limit));
    if (backoff > 0) b.item(counted("still waiting to retry", backoff));
}

void latency_row(std::string& out, std::string_view label, const metrics::histogram& h)
{
    if (h.count() == 0) return;
    std::array<char, 160> line;
    const auto t = [&h](double q) { return short_time(h.quantile_us(q)); };
    const auto printed = std::snprintf(
        line.data(), line.size(), "    %-34.*s %13s %9s %9s %9s %9s %9s\n",
        static_cast<int>(label.size()), label.data(), with_separators(h.count()).c_str(),
        t(0.5).c_str(), t(0.9).c_str(), t(0.99).c_str(), t(0.999).c_str(), t(1).c_str());
    out.append(line.data(), static_cast<std::size_t>(printed));
}

void latencies(std::string& out, const snapshot& s)
{
    const auto& t = s.measured.times;
    out += "  LATENCY                                    count       p50       p90       p99"
           "     p99.9       max\n";
    latency_row(out, "session response (from due time)", t.response);
    latency_row(out, "session service (from its start)", t.service);
    latency_row(out, "start lag (this generator's)", t.lag);
    latency_row(out, "tcp connect", t.tcp_connect);
    latency_row(out, "tls handshake", t.tls_handshake);
    for (std::size_t m = 0; m < base::method_count; ++m)
        latency_row(out, "rpc " + std::string(name(static_cast<base::method>(m))), t.rpc[m]);
    latency_row(out, "connection request -> Inform", t.connection_request_to_inform);
    if (t.response.count() == 0) out += "    no session has ended\n";
}

struct ranked {
    std::uint64_t count;
    std::string label;
    std::string detail;
};

// The counts above zero, largest first; equal ones in their given order.
std::vector<ranked> ranking(std::vector<ranked> all)
{
    std::erase_if(all, [](const ranked& r) { return r.count == 0; });
    std::stable_sort(all.begin(), all.end(),
                     [](const ranked& a, const ranked& b) { return a.count > b.count; });
    return all;
}

void errors(std::string& out, const snapshot& s)
{
    const auto& c = s.measured.counters;
    std::vector<ranked> failed;
    for (std::size_t i = 0; i < base::failure_reason_count; ++i) {
        const auto r = static_cast<base::failure_reason>(i);
        const auto* sample = c.failure_details[i].top();
        failed.push_back({c.sessions.failed_by[r], std::string(name(r)),
                          sample == nullptr ? std::string() : sample->text});
    }
    {
        block b(out, "ERRORS");
        b.item(with_separators(c.sessions.failed()) + " failed sessions");
        for (std::size_t i = 0; i < metrics::count_of<metrics::shed_reason>; ++i) {
            const auto r = static_cast<metrics::shed_reason>(i);
            if (c.sessions.shed_by[r] > 0)
                b.item(counted("shed: " + std::string(name(r)), c.sessions.shed_by[r]));
        }
    }
    for (const auto& r : ranking(std::move(failed))) {
        std::array<char, 80> line;
        std::snprintf(line.data(), line.size(), "    %-16s %13s %7s", r.label.c_str(),
                      with_separators(r.count).c_str(),
                      percent(r.count, c.sessions.failed()).c_str());
        out += line.data();
        if (!r.detail.empty()) out += "   e.g. " + printable(r.detail, line_width - 51);
        out += '\n';
    }
}

void answers(std::string& out, const snapshot& s)
{
    const auto& c = s.measured.counters;
    std::vector<ranked> faults;
    for (std::size_t i = 0; i < metrics::fault_slots; ++i)
        faults.push_back({c.faults[i], std::string(metrics::fault_slot_name(i)), {}});
    if (const auto list = ranking(std::move(faults)); !list.empty()) {
        block b(out, "FAULTS");
        for (const auto& r : list)
            b.item(counted(r.label, r.count));
    }
    std::vector<ranked> statuses;
    for (std::size_t i = 0; i < metrics::http_slots; ++i)
        statuses.push_back({c.http[i], metrics::http_slot_name(i), {}});
    if (const auto list = ranking(std::move(statuses)); !list.empty()) {
        block b(out, "HTTP");
        for (const auto& r : list)
            b.item(counted(r.label, r.count));
    }
}

void rpcs(std::string& out, const snapshot& s)
{
    for (const auto d : {direction::cpe, direction::acs}) {
        const auto& of = s.measured.counters.rpcs[static_cast<std::size_t>(d)];
        std::vector<ranked> calls;
        for (std::size_t i = 0; i < base::method_count; ++i) {
            const auto& n = of.of_method[i];
            const auto faults = n[rpc_outcome::fault];
            calls.push_back({n.total(), std::string(name(static_cast<base::method>(i))),
                             faults > 0 ? " (" + counted("faults", faults) + ")" : ""});
        }
        const auto list = ranking(std::move(calls));
        if (list.empty()) continue;
        block b(out, d == direction::cpe ? "CPE RPCS" : "ACS RPCS");
        for (const auto& r : list)
            b.item(counted(r.label, r.count) + r.detail);
    }
    std::vector<ranked> events;
    for (std::size_t i = 0; i < base::event_count; ++i) {
        const auto e = static_cast<base::event>(i);
        events.push_back({s.measured.counters.events[e], '"' + std::string(name(e)) + '"', {}});
    }
    const auto list = ranking(std::move(events));
    if (list.empty()) return;
    block b(out, "EVENTS");
    for (const auto& r : list)
        b.item(counted(r.label, r.count));
}

void requests_and_transfers(std::string& out, const snapshot& s)
{
    const auto& c = s.measured.counters;
    if (c.connection_requests.total() > 0) {
        block b(out, "CONN. REQ.");
        for (std::size_t i = 0; i < c.connection_requests.values.size(); ++i) {
            const auto o = static_cast<metrics::connection_request_outcome>(i);
            b.item(counted(name(o), c.connection_requests[o]));
        }
    }
    for (const auto kind : {metrics::transfer_kind::download, metrics::transfer_kind::upload}) {
        const auto& t = c.transfer(kind);
        if (t.ok + t.failed == 0) continue;
        block b(out, kind == metrics::transfer_kind::download ? "DOWNLOADS" : "UPLOADS");
        b.item(counted("ok", t.ok));
        b.item(counted("failed", t.failed));
        b.item(short_bytes(t.bytes));
    }
}

void deviations(std::string& out, const snapshot& s)
{
    const auto& d = s.measured.counters.acs_deviations;
    if (d.total() == 0) return;
    std::vector<ranked> list;
    for (const auto& e : d.entries())
        list.push_back({e.count, std::string(e.phrase), {}});
    list.push_back({d.other(), "other", {}});
    {
        block b(out, "DEVIATIONS");
        b.item(with_separators(d.total()) + " of the ACS from the standard");
    }
    for (const auto& r : ranking(std::move(list))) {
        std::array<char, 48> number;
        std::snprintf(number.data(), number.size(), "    %13s   ",
                      with_separators(r.count).c_str());
        out += number.data() + printable(r.label, line_width - 20) + '\n';
    }
}

void traffic_and_generator(std::string& out, const snapshot& s)
{
    const auto& c = s.measured.counters;
    {
        block b(out, "TRAFFIC");
        b.item("sent " + short_bytes(c.bytes_sent));
        b.item("received " + short_bytes(c.bytes_received));
    }
    const auto& p = s.process;
    block b(out, "GENERATOR");
    if (!p.busy_ratio.empty())
        b.item("busiest thread " +
               std::to_string(static_cast<int>(std::lround(100 * p.busy_ratio_max()))) + " %");
    b.item("cpu " + base::format_duration(p.cpu));
    if (c.sessions.attempts > 0) {
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(p.cpu).count();
        b.item(short_time(static_cast<std::uint64_t>(us) / c.sessions.attempts) + "/session");
    }
    b.item("loop stall max " + base::format_duration(p.loop_stall_max));
    b.item("memory max " + short_bytes(p.max_rss_bytes) +
           (s.run.devices_configured > 0
                ? " (" + short_bytes(p.max_rss_bytes / s.run.devices_configured) + "/device)"
                : ""));
    b.item(counted("local errors", local_errors(c.sessions)));
}

} // namespace

std::string to_text(const metrics::snapshot& s)
{
    std::string out;
    heading(out, s);
    out += '\n';
    verdict(out, s);
    out += "  " + std::string(line_width - 2, '-') + '\n';
    sessions(out, s);
    devices(out, s);
    out += '\n';
    latencies(out, s);
    out += '\n';
    errors(out, s);
    answers(out, s);
    rpcs(out, s);
    requests_and_transfers(out, s);
    deviations(out, s);
    traffic_and_generator(out, s);
    return out;
}

} // namespace cpestorm::report
