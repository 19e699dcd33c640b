#include "cli/run_command.hpp"

#include "cli/exit_codes.hpp"
#include "cli/prepare.hpp"
#include "report/redact.hpp"
#include "run/host.hpp"

#include <cstdio>

namespace cpestorm::cli {
namespace {

constexpr std::chrono::milliseconds assumed_session{50}; // for the estimate of concurrency

} // namespace

int check_command(options o)
{
    const bool embedded = o.run.acs_url.empty();
    if (embedded) o.run.acs_url = "http://127.0.0.1/";
    auto ready = prepare(o.run, embedded, false);
    if (!ready) {
        std::fprintf(stderr, "cpestorm: %s\n", ready.error().why.text().c_str());
        return ready.error().exit;
    }
    const auto& plan = ready->request.plan;
    const auto expected = fleet::expect(plan, assumed_session);
    const auto need = fleet::descriptors(plan);
    const auto& schema = *ready->request.devices.profile->schema;
    std::printf("devices             %u of profile %s (%zu parameters)\n", plan.devices,
                ready->request.devices.profile->name.c_str(), schema.parameter_count());
    std::printf("ACS                 %s\n",
                embedded ? "embedded"
                         : report::without_userinfo(ready->request.devices.acs_url).c_str());
    std::printf("ramp                %.1f sessions/s at its peak\n", expected.ramp_per_second);
    std::printf("steady              %.1f sessions/s\n", expected.steady_per_second);
    std::printf("sessions            %.0f in all\n", expected.sessions);
    std::printf("in flight           about %.0f, if a session takes %lld ms; at most %u%s\n",
                std::max(expected.steady_in_flight, expected.ramp_in_flight),
                static_cast<long long>(assumed_session.count()), plan.sessions_in_flight,
                expected.in_flight_cap_too_small ? " (TOO FEW: raise --max-in-flight)" : "");
    std::printf("descriptors         %llu of %llu\n", static_cast<unsigned long long>(need.total()),
                static_cast<unsigned long long>(run::raise_descriptor_limit()));
    const auto backend = fleet::name(plan.backend);
    std::printf("connection requests %.*s\n", static_cast<int>(backend.size()), backend.data());
    std::printf("threads             %u\n", plan.shards);
    for (const auto& remark : ready->remarks)
        std::printf("note                %s\n", remark.c_str());
    return exit_pass;
}

} // namespace cpestorm::cli
