#include "run/fleet_runner.hpp"

#include "run/host.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <random>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;

std::uint64_t entropy()
{
    std::random_device source;
    return (std::uint64_t{source()} << 32) | source();
}

} // namespace

// The parts of one picture on their way from the shards.
struct fleet_runner::gathering {
    metrics::snapshot picture;
    std::size_t missing = 0;
    std::function<void(metrics::snapshot)> got;
};

fleet_runner::fleet_runner(asio::io_context& home, run_request request)
    : home_(home)
    , request_(std::move(request))
{
}

fleet_runner::~fleet_runner()
{
    for (const auto& s : shards_)
        s->io().stop();
    for (auto& t : threads_)
        t.join();
    if (endpoints_) endpoints_->stop();
}

base::checked<void> fleet_runner::start(std::function<void(std::string)> on_finished)
{
    on_finished_ = std::move(on_finished);
    const auto& plan = request_.plan;
    const auto secret = entropy();
    for (std::uint32_t i = 0; i != plan.shards; ++i) {
        shards_.push_back(
            std::make_unique<shard>(plan, request_.devices, request_.transport, i, secret));
        if (!request_.acs_host.empty())
            shards_.back()->names().remember(request_.acs_host, request_.acs_address, base::now());
        guards_.emplace_back(shards_.back()->io().get_executor());
    }
    if (plan.backend != fleet::endpoint_backend::none) {
        auto opened =
            endpoints::open(request_.devices.endpoints, plan.backend, shards_, base::now());
        if (!opened) return opened.error();
        endpoints_ = std::move(*opened);
    }
    // Only now: setting up is not lateness of the first devices.
    epoch_ = base::now();
    request_.info.started_at = base::wall_now();
    running_ = plan.shards;
    for (const auto& s : shards_)
        threads_.emplace_back([this, &s] { thread_main(*s); });
    return {};
}

// The border of a shard's thread: what escapes from here is a fault of this program.
void fleet_runner::thread_main(shard& s)
{
    std::string error;
    try {
        s.start(epoch_, [this] {
            asio::post(home_, [this] {
                if (--running_ != 0) return;
                ran_ = base::now() - epoch_;
                on_finished_({});
            });
        });
        s.io().run();
        return;
    } catch (const std::exception& e) {
        error = e.what();
    }
    asio::post(home_, [this, error] { on_finished_("internal error: " + error); });
}

void fleet_runner::drain(bool at_once)
{
    draining_ = true;
    const auto now = base::now();
    const auto by = at_once ? now : now + request_.plan.drain;
    for (const auto& s : shards_)
        asio::post(s->io(), [&s, by] { s->drain(by); });
}

void fleet_runner::collect(std::function<void(metrics::snapshot)> got)
{
    auto all = std::make_shared<gathering>();
    all->missing = shards_.size();
    all->got = std::move(got);
    for (const auto& s : shards_) {
        asio::post(s->io(), [this, &s, all] {
            auto part = std::make_shared<metrics::snapshot>();
            s->contribute(*part);
            asio::post(home_, [this, all, part] {
                auto& p = all->picture;
                p.measured.merge(part->measured);
                for (std::size_t i = 0; i != p.devices.values.size(); ++i)
                    p.devices.values[i] += part->devices.values[i];
                p.devices_registered += part->devices_registered;
                p.sessions_active += part->sessions_active;
                p.sessions_active_peak += part->sessions_active_peak;
                p.process.loop_stall_max =
                    std::max(p.process.loop_stall_max, part->process.loop_stall_max);
                p.process.busy_ratio.insert(p.process.busy_ratio.end(),
                                            part->process.busy_ratio.begin(),
                                            part->process.busy_ratio.end());
                if (--all->missing != 0) return;
                complete(p);
                all->got(std::move(p));
            });
        });
    }
}

void fleet_runner::complete(metrics::snapshot& s)
{
    const auto& plan = request_.plan;
    s.run = request_.info;
    s.elapsed = running_ == 0 ? ran_ : base::now() - epoch_;
    if (running_ == 0)
        s.phase = metrics::run_phase::finished;
    else if (draining_ || s.elapsed >= plan.duration)
        s.phase = metrics::run_phase::drain;
    else if (s.elapsed >= plan.ramp)
        s.phase = metrics::run_phase::steady;
    const auto expected = fleet::expect(plan, std::chrono::milliseconds(10));
    if (s.phase == metrics::run_phase::ramp) s.target_per_second = expected.ramp_per_second;
    if (s.phase == metrics::run_phase::steady) s.target_per_second = expected.steady_per_second;
    s.process.cpu = base::process_cpu_time();
    const auto use = memory();
    s.process.rss_bytes = use.rss_bytes;
    s.process.max_rss_bytes = use.max_rss_bytes;
    s.process.descriptors_open = descriptors_open();
    s.process.descriptors_limit = raise_descriptor_limit();
    s.generator = metrics::judge(s);
}

} // namespace cpestorm::run
