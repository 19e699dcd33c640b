#include "cli/acs_metrics.hpp"

#include "base/text.hpp"

namespace cpestorm::cli {
namespace {

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help)
{
    out += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " +
           std::string(name) + " " + std::string(type) + "\n";
}

void line(std::string& out, std::string_view name, std::string_view labels, std::uint64_t value)
{
    out += name;
    if (!labels.empty()) out += "{" + std::string(labels) + "}";
    out += ' ';
    base::append_number(out, value);
    out += '\n';
}

std::string label(std::string_view name, std::string_view value)
{
    return std::string(name) + "=\"" + std::string(value) + "\"";
}

} // namespace

std::string acs_metrics(const acs::counters& c, std::size_t devices)
{
    std::string out;
    head(out, "cpestorm_acs_devices", "gauge", "Devices that have informed this ACS.");
    line(out, "cpestorm_acs_devices", "", devices);
    const auto& s = c.sessions;
    head(out, "cpestorm_acs_sessions_total", "counter", "Ended sessions by outcome.");
    for (const auto& [outcome, n] : {std::pair<std::string_view, std::uint64_t>{"ok", s.ok},
                                     {"expired", s.expired},
                                     {"replaced", s.replaced},
                                     {"refused", s.refused}})
        line(out, "cpestorm_acs_sessions_total", label("outcome", outcome), n);
    head(out, "cpestorm_acs_rpcs_total", "counter", "Answered RPCs, of both sides.");
    for (std::size_t i = 0; i != c.rpcs.size(); ++i) {
        const auto rpc = label("rpc", base::name(static_cast<base::method>(i)));
        line(out, "cpestorm_acs_rpcs_total", rpc + ",outcome=\"ok\"", c.rpcs[i].ok);
        line(out, "cpestorm_acs_rpcs_total", rpc + ",outcome=\"fault\"", c.rpcs[i].fault);
    }
    std::uint64_t deviations = 0;
    for (const auto& d : c.deviations)
        deviations += d.times;
    head(out, "cpestorm_acs_cpe_deviations_total", "counter", "Times a CPE broke the standard.");
    line(out, "cpestorm_acs_cpe_deviations_total", "", deviations);
    return out;
}

} // namespace cpestorm::cli
