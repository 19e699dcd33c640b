#include "cli/run_command.hpp"

#include "base/log.hpp"
#include "cli/admin.hpp"
#include "cli/embedded_acs.hpp"
#include "cli/exit_codes.hpp"
#include "cli/prepare.hpp"
#include "cli/results.hpp"
#include "report/prometheus.hpp"
#include "report/redact.hpp"
#include "report/text.hpp"
#include "run/fleet_runner.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace cpestorm::cli {
namespace {

namespace asio = boost::asio;

int complain(const base::diagnostic& why, int exit)
{
    std::fprintf(stderr, "cpestorm: %s\n", why.text().c_str());
    return exit;
}

// A run from its start to its result, on the main thread.
class session_of_user {
public:
    session_of_user(options& o, prepared p)
        : options_(o)
        , runner_(home_, std::move(p.request))
        , signals_(home_, SIGINT, SIGTERM)
        , ticker_(home_)
        , on_terminal_(::isatty(STDERR_FILENO) != 0)
    {
    }

    [[nodiscard]] base::checked<void> start()
    {
        if (!options_.admin.empty()) {
            auto port = admin_port::open(home_, options_.admin);
            if (!port) return port.error();
            admin_ = std::move(*port);
            admin_->add("/metrics", [this](std::string_view, http::reply& out) {
                out.content_type = prometheus_type;
                out.body = report::to_prometheus(latest_);
            });
            std::fprintf(stderr, "cpestorm: metrics at http://%s/metrics\n",
                         options_.admin.c_str());
        }
        auto started = runner_.start([this](std::string error) { finished(std::move(error)); });
        if (!started) return started;
        wait_for_signal();
        refresh();
        return {};
    }

    // Runs until the end; the last picture is then in latest().
    void run()
    {
        // While the last picture is made by the shards, nothing else waits here.
        const auto until_stopped = asio::make_work_guard(home_);
        home_.run();
    }
    [[nodiscard]] const metrics::snapshot& latest() const noexcept { return latest_; }
    [[nodiscard]] const std::string& error() const noexcept { return error_; }
    [[nodiscard]] int signal() const noexcept { return signal_; }

private:
    void wait_for_signal()
    {
        signals_.async_wait([this](const base::error_code& ec, int number) {
            if (ec) return;
            const bool again = signal_ != 0;
            signal_ = number;
            base::log(base::log_level::info,
                      again ? "stopping now" : "ending the load; again to stop at once");
            runner_.drain(again);
            wait_for_signal();
        });
    }

    // Once a second: the picture for /metrics, and the status line.
    void refresh()
    {
        runner_.collect([this](metrics::snapshot s) {
            latest_ = std::move(s);
            if (!ended_) show_status();
        });
        ticker_.expires_after(std::chrono::seconds(1));
        ticker_.async_wait([this](const base::error_code& ec) {
            if (!ec && !ended_) refresh();
        });
    }

    void show_status()
    {
        if (options_.quiet) return;
        constexpr std::chrono::seconds without_terminal{10};
        if (!on_terminal_ && latest_.elapsed - mark_.elapsed < without_terminal) return;
        const auto line = report::status_line(latest_, mark_);
        std::fprintf(stderr, on_terminal_ ? "\r\x1b[K%s" : "%s\n", line.c_str());
        std::fflush(stderr);
        mark_ = report::mark(latest_);
    }

    void finished(std::string error)
    {
        if (ended_) return;
        ended_ = true;
        error_ = std::move(error);
        ticker_.cancel();
        signals_.cancel();
        if (on_terminal_ && !options_.quiet) std::fputs("\r\x1b[K", stderr);
        if (!error_.empty()) {
            home_.stop();
            return;
        }
        runner_.collect([this](metrics::snapshot s) {
            latest_ = std::move(s);
            home_.stop();
        });
    }

    options& options_;
    asio::io_context home_{1};
    run::fleet_runner runner_;
    asio::signal_set signals_;
    asio::steady_timer ticker_;
    std::unique_ptr<admin_port> admin_;
    metrics::snapshot latest_;
    report::status_mark mark_;
    std::string error_;
    bool on_terminal_;
    bool ended_ = false;
    int signal_ = 0;
};

void announce(const prepared& p, bool embedded)
{
    for (const auto& remark : p.remarks)
        base::log(base::log_level::warning, remark);
    const auto& plan = p.request.plan;
    std::string text = std::to_string(plan.devices) + " CPEs (" + p.request.devices.profile->name +
                       ") against " + (embedded ? "the embedded ACS at " : "") +
                       report::without_userinfo(p.request.devices.acs_url) + ", " +
                       std::to_string(plan.shards) + (plan.shards == 1 ? " thread" : " threads") +
                       ", connection requests: " + std::string(fleet::name(plan.backend));
    if (plan.backend != fleet::endpoint_backend::none) {
        const auto first = p.request.devices.endpoints.of(0);
        text += " from " + device::to_text(first.address) + ":" + std::to_string(first.port);
    }
    base::log(base::log_level::info, text);
}

int exit_of(const session_of_user& run)
{
    const auto outcome = metrics::conclude(run.latest());
    if (outcome == metrics::outcome::invalid) return exit_invalid;
    if (run.signal() == SIGINT) return exit_sigint;
    if (run.signal() == SIGTERM) return exit_sigterm;
    return outcome == metrics::outcome::pass ? exit_pass : exit_threshold;
}

} // namespace

int run_command(options o)
{
    const bool embedded = o.run.acs_url.empty();
    std::unique_ptr<embedded_acs> acs;
    if (embedded) {
        auto started = embedded_acs::start(o.acs_script);
        if (!started) return complain(started.error(), exit_usage);
        acs = std::move(*started);
        o.run.acs_url = acs->url();
    }
    if (const auto ready = prepare_folder(o.out_dir); !ready)
        return complain(ready.error(), exit_usage);
    auto ready = prepare(o.run, embedded, true);
    if (!ready) return complain(ready.error().why, ready.error().exit);
    ready->request.info.command_line = o.command_line;
    announce(*ready, embedded);

    session_of_user run(o, std::move(*ready));
    if (const auto started = run.start(); !started)
        return complain(started.error(), exit_preflight);
    run.run();
    if (!run.error().empty()) return complain({.where = {}, .what = run.error()}, exit_internal);

    auto text = report::to_text(run.latest());
    if (acs) text += describe(acs->totals());
    const auto written = write_results(o.out_dir, run.latest(), text);
    std::fputs(text.c_str(), stdout);
    if (!written) return complain(written.error(), exit_internal);
    return exit_of(run);
}

} // namespace cpestorm::cli
