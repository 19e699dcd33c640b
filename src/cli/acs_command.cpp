#include "cli/acs_command.hpp"

#include "base/json_writer.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "cli/acs_metrics.hpp"
#include "cli/admin.hpp"
#include "cli/embedded_acs.hpp"
#include "cli/exit_codes.hpp"
#include "http/url.hpp"
#include "run/acs_host.hpp"
#include "run/host.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <csignal>
#include <cstdio>

namespace cpestorm::cli {
namespace {

namespace asio = boost::asio;

constexpr std::size_t devices_listed = 1000; // by /devices, the first ones

int complain(const base::diagnostic& why, int exit)
{
    std::fprintf(stderr, "cpestorm: %s\n", why.text().c_str());
    return exit;
}

std::string list_devices(const acs::registry& devices)
{
    std::string out;
    base::json_writer w(out, 1);
    std::size_t listed = 0;
    w.begin_object().field("registered", static_cast<std::uint64_t>(devices.size()));
    w.key("devices").begin_array();
    for (const auto& r : devices) {
        if (listed++ == devices_listed) break;
        w.begin_object();
        w.field("id", r.id());
        w.field("informs", static_cast<std::uint64_t>(r.informs));
        w.field("software_version", r.software_version());
        w.field("connection_request_url", r.connection_request_url());
        w.end_object();
    }
    w.end_array().end_object();
    return out + "\n";
}

void add_pages(admin_port& port, run::acs_host& host)
{
    port.add("/metrics", [&host](std::string_view, http::reply& out) {
        out.content_type = prometheus_type;
        out.body = acs_metrics(host.server().totals(), host.server().devices().size());
    });
    port.add("/devices", [&host](std::string_view, http::reply& out) {
        out.content_type = "application/json";
        out.body = list_devices(host.server().devices());
    });
    // POST /connection-request?ID sends one; its outcome goes to the log.
    port.add(
        "/connection-request",
        [&host](std::string_view id, http::reply& out) {
            const std::string device(id);
            host.request_connection(device, [device](unsigned status, std::string detail) {
                base::log(base::log_level::info,
                          "connection request to " + device + ": " +
                              (status != 0 ? "HTTP " + std::to_string(status) : detail));
            });
            out.status = 202;
        },
        "POST");
}

base::checked<std::shared_ptr<const http::tls_context>> tls_of(const acs_options& o)
{
    if (o.certificate.empty()) return std::shared_ptr<const http::tls_context>();
    return http::tls_context::server({o.certificate, o.key, {}});
}

} // namespace

int acs_command(const options& o)
{
    const auto at = http::parse_authority(o.acs.listen);
    if (!at) return complain({.where = "--listen", .what = at.error().what}, exit_usage);
    auto served = acs_server_options(o.acs.script);
    if (!served) return complain(served.error(), exit_usage);
    served->login = {o.acs.username, o.acs.password};
    // Each device is given its id and this password, so that /connection-request works.
    served->connection_request_login.password = base::to_hex(unpredictable());
    const auto tls = tls_of(o.acs);
    if (!tls) return complain(tls.error(), exit_usage);
    (void)run::raise_descriptor_limit();

    asio::io_context io(1);
    auto host = run::acs_host::open(io, {asio::ip::make_address(at->address), at->port},
                                    std::move(*served), *tls);
    if (!host) return complain(host.error(), exit_preflight);
    std::unique_ptr<admin_port> admin;
    if (!o.admin.empty()) {
        auto port = admin_port::open(io, o.admin);
        if (!port) return complain(port.error(), exit_preflight);
        admin = std::move(*port);
        add_pages(*admin, **host);
    }
    const auto here = (*host)->local_endpoint();
    base::log(base::log_level::info, "ACS at " + std::string(*tls ? "https" : "http") + "://" +
                                         here.address().to_string() + ":" +
                                         std::to_string(here.port()) + "/");

    int signal = 0;
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const base::error_code& ec, int number) {
        if (ec) return;
        signal = number;
        io.stop();
    });
    io.run();
    std::fputs(describe((*host)->server().totals()).c_str(), stdout);
    std::printf("  devices registered %zu\n", (*host)->server().devices().size());
    return signal == SIGINT ? exit_sigint : exit_sigterm;
}

} // namespace cpestorm::cli
