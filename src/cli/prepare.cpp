#include "cli/prepare.hpp"

#include "base/limits.hpp"
#include "base/log.hpp"
#include "cli/exit_codes.hpp"
#include "cli/profiles.hpp"
#include "cli/version.hpp"
#include "http/listener.hpp"
#include "http/url.hpp"
#include "run/endpoints.hpp"
#include "run/host.hpp"
#include "run/probe.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace cpestorm::cli {
namespace {

using device::endpoint_mode;
using fleet::endpoint_backend;

constexpr std::uint16_t default_address_port = 30005; // below the usual ephemeral range
constexpr std::uint16_t default_socket_port = 10000;
constexpr std::uint32_t first_loopback = 0x7F010001; // 127.1.0.1
constexpr std::uint32_t small_fleet = 1000; // up to here a listening socket each costs nothing

refusal usage(base::diagnostic d)
{
    return {exit_usage, std::move(d)};
}

refusal preflight(base::diagnostic d)
{
    return {exit_preflight, std::move(d)};
}

std::uint32_t choose_shards(const settings& s, bool embedded_acs)
{
    if (s.plan.shards != 0) return std::min(s.plan.shards, s.plan.devices);
    const auto cores = std::max(1u, std::thread::hardware_concurrency());
    const auto free = embedded_acs && cores > 1 ? cores - 1 : cores;
    const auto most = static_cast<std::uint32_t>(base::limits::shards);
    return std::min({free, most, s.plan.devices});
}

base::checked<std::uint32_t> parse_ipv4(const std::string& text)
{
    boost::system::error_code ec;
    const auto a = boost::asio::ip::make_address_v4(text, ec);
    if (ec)
        return base::diagnostic{.where = "--cr-address",
                                .what = "'" + text + "' is no IPv4 address"};
    return a.to_uint();
}

bool can_listen(std::uint32_t address, std::uint16_t port)
{
    boost::asio::io_context io;
    return http::listener::open(io, {boost::asio::ip::address_v4(address), port}, {}).has_value();
}

// The first port from `port` on, in steps, where another run does not listen already; `port` itself
// if there is none, so that opening it says what is wrong.
std::uint16_t free_port(std::uint32_t address, std::uint16_t port, std::uint16_t step,
                        std::uint16_t end)
{
    for (std::uint32_t p = port; p + step <= end; p += step)
        if (can_listen(address, static_cast<std::uint16_t>(p)))
            return static_cast<std::uint16_t>(p);
    return port;
}

// Which back-end fits when the user did not say.
endpoint_backend choose_backend(const settings& s, const run::probe_result& acs,
                                std::uint64_t descriptors, prepared& out)
{
    if (s.backend) return *s.backend;
    auto trial = out.request.plan;
    trial.backend = endpoint_backend::socket;
    if (s.plan.devices <= small_fleet && fleet::check_descriptors(trial, descriptors))
        return endpoint_backend::socket;
    if (acs.address.is_loopback() || !s.cr_address.empty()) return endpoint_backend::address;
    out.remarks.emplace_back(
        "connection requests are off: for this many CPEs and an ACS on another host give their "
        "addresses with --cr-address (and route them here: ip route add local NET dev lo)");
    return endpoint_backend::none;
}

base::checked<void> place_endpoints(const settings& s, const run::probe_result& acs, prepared& out)
{
    auto& e = out.request.devices.endpoints;
    const auto backend = out.request.plan.backend;
    if (backend == endpoint_backend::none) return {};
    e.devices = s.plan.devices;
    const bool own_address = backend == endpoint_backend::address;
    e.mode = own_address ? endpoint_mode::address : endpoint_mode::port;
    if (!s.cr_address.empty()) {
        const auto a = parse_ipv4(s.cr_address);
        if (!a) return a.error();
        e.base_address = *a;
    } else if (!own_address && acs.local.is_v4() && !acs.local.is_unspecified()) {
        e.base_address = acs.local.to_v4().to_uint();
    } else {
        e.base_address = own_address ? first_loopback : 0x7F000001;
    }
    const auto ephemeral = run::ephemeral_ports();
    if (own_address) {
        e.base_port =
            s.cr_port ? *s.cr_port : free_port(0, default_address_port, 1, ephemeral.first);
        return {};
    }
    e.base_port = s.cr_port ? *s.cr_port
                            : free_port(e.base_address, default_socket_port,
                                        static_cast<std::uint16_t>(small_fleet), ephemeral.first);
    // As many ports of one address as lie below the ports of outgoing connections.
    const std::uint32_t room =
        ephemeral.first > e.base_port ? ephemeral.first - e.base_port : 65536u - e.base_port;
    e.ports_per_address = static_cast<std::uint16_t>(std::min(room, s.plan.devices));
    return {};
}

base::checked<void> set_transport(const settings& s, run::run_request& request)
{
    auto tls = http::tls_context::client(s.tls);
    if (!tls) return tls.error();
    request.transport = {s.time_outs, *tls, s.bind_device_address, s.basic_without_tls};
    if (!s.tls.verify)
        base::log(base::log_level::warning, "tls.verify is false: any certificate is accepted");
    return {};
}

base::checked<void> set_devices(const settings& s, run::run_request& request)
{
    const auto profile = find_profile(s.profile);
    if (!profile) return profile.error();
    auto& d = request.devices;
    d.profile = *profile;
    d.seed = s.plan.seed;
    d.acs_url = s.acs_url;
    d.acs_login = {s.acs_username, s.acs_password};
    d.periodic_interval = s.plan.interval;
    d.ignore_acs_interval = s.keep_interval;
    d.reboot_time = s.reboot_time;
    return d.finish();
}

void describe(const settings& s, const fleet::run_plan& plan, metrics::run_info& info)
{
    info.version = version;
    info.scenario = s.name;
    info.acs_url = s.acs_url;
    info.seed = plan.seed;
    info.shards = plan.shards;
    info.devices_configured = plan.devices;
    info.sessions_limit = plan.sessions_in_flight;
}

} // namespace

void throw_exception_from_error(const refusal& r, const boost::source_location&)
{
    throw std::runtime_error(r.why.text());
}

preparation<prepared> prepare(const settings& s, bool embedded_acs, bool touch_acs)
{
    prepared out;
    auto& request = out.request;
    request.plan = s.plan;
    request.plan.shards = choose_shards(s, embedded_acs);
    if (const auto valid = request.plan.validate(); !valid) return usage(valid.error());
    if (const auto set = set_transport(s, request); !set) return usage(set.error());
    const auto url = http::parse_url(s.acs_url);
    if (!url) return usage(url.error());
    run::probe_result acs{boost::asio::ip::address_v4::loopback(),
                          boost::asio::ip::address_v4::loopback()};
    boost::system::error_code name;
    if (const auto numeric = boost::asio::ip::make_address(url->host, name); !name)
        acs.address = numeric;
    else if (!touch_acs)
        out.remarks.emplace_back("the ACS's host name is not looked up by check; for an ACS on "
                                 "another host connection requests may need --cr-address");
    if (touch_acs) {
        const auto found = run::probe(*url, request.transport.tls.get(), s.time_outs.connect);
        if (!found) return preflight(found.error());
        acs = *found;
        request.acs_host = url->host;
        request.acs_address = acs.address;
    }
    const auto descriptors = run::raise_descriptor_limit();
    // The embedded ACS holds the other end of every session.
    if (embedded_acs)
        request.plan.other_descriptors = std::min(s.plan.sessions_in_flight, s.plan.devices);
    request.plan.backend = choose_backend(s, acs, descriptors, out);
    if (s.bind_device_address && request.plan.backend != endpoint_backend::address)
        return usage({.where = "--bind-device-address",
                      .what = "needs --cr-backend address, which gives each CPE an address"});
    if (const auto placed = place_endpoints(s, acs, out); !placed) return usage(placed.error());
    if (const auto fits = fleet::check_descriptors(request.plan, descriptors); !fits)
        return preflight(fits.error());
    const auto ports =
        run::check_ports(request.devices.endpoints, request.plan.backend, run::ephemeral_ports());
    if (!ports) return preflight(ports.error());
    if (const auto set = set_devices(s, request); !set) return usage(set.error());
    describe(s, request.plan, request.info);
    return out;
}

} // namespace cpestorm::cli
