#include "cli/settings.hpp"

#include "base/json.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "http/url.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace cpestorm::cli {
namespace {

using base::checked;
using base::diagnostic;
using std::chrono::milliseconds;

diagnostic expected(std::string_view text, std::string_view what)
{
    return {.where = {}, .what = "'" + std::string(text) + "' is not " + std::string(what)};
}

checked<void> to_text(std::string& to, std::string_view text)
{
    to = text;
    return {};
}

checked<void> to_flag(bool& to, std::string_view text)
{
    if (text != "true" && text != "false") return expected(text, "true or false");
    to = text == "true";
    return {};
}

template <class Integer>
checked<void> to_count(Integer& to, std::string_view text, std::uint64_t min, std::uint64_t max)
{
    const auto n = base::parse_count(text);
    if (!n) return n.error();
    if (*n < min || *n > max)
        return expected(text, "between " + std::to_string(min) + " and " + std::to_string(max));
    to = static_cast<Integer>(*n);
    return {};
}

checked<void> to_time(milliseconds& to, std::string_view text, milliseconds min)
{
    const auto d = base::parse_duration(text);
    if (!d) return d.error();
    const auto ms = std::chrono::duration_cast<milliseconds>(*d);
    if (ms < min || ms > std::chrono::hours(24 * 40))
        return expected(text, "between " + base::format_duration(min) + " and 40 days");
    to = ms;
    return {};
}

checked<void> to_url(std::string& to, std::string_view text)
{
    const auto parsed = http::parse_url(text);
    if (!parsed) return parsed.error();
    to = text;
    return {};
}

checked<void> to_secret(std::string& to, std::string_view path)
{
    auto contents = base::read_file(std::string(path), 4096);
    if (!contents) return contents.error();
    to = base::trim(*contents);
    return {};
}

checked<void> to_backend(std::optional<fleet::endpoint_backend>& to, std::string_view text)
{
    using enum fleet::endpoint_backend;
    if (text == "auto") {
        to.reset();
        return {};
    }
    for (const auto b : {none, address, socket})
        if (fleet::name(b) == text) {
            to = b;
            return {};
        }
    return expected(text, "auto, none, address or socket");
}

checked<void> to_port(std::optional<std::uint16_t>& to, std::string_view text)
{
    std::uint16_t port = 0;
    auto read = to_count(port, text, 1, 65535);
    if (read) to = port;
    return read;
}

using setter = checked<void> (*)(settings&, std::string_view);

struct row {
    setting_info info;
    setter set;
};

constexpr auto second = milliseconds(1000);

constexpr std::array rows{
    row{{"name", "", "TEXT", "name of the scenario, for reports"},
        [](settings& s, std::string_view t) { return to_text(s.name, t); }},
    row{{"acs.url", "--acs", "URL", "the ACS; without it the embedded ACS is started"},
        [](settings& s, std::string_view t) { return to_url(s.acs_url, t); }},
    row{{"acs.username", "--username", "TEXT",
         "user name towards the ACS; may contain {serial}, {oui}, {product_class}, {index}"},
        [](settings& s, std::string_view t) { return to_text(s.acs_username, t); }},
    row{{"acs.password_file", "--password-file", "FILE",
         "file with the password (or set CPESTORM_ACS_PASSWORD)"},
        [](settings& s, std::string_view t) { return to_secret(s.acs_password, t); }},
    row{{"acs.basic_without_tls", "--basic-without-tls", "",
         "answer a Basic challenge over plain http"},
        [](settings& s, std::string_view t) { return to_flag(s.basic_without_tls, t); }},
    row{{"tls.ca", "--ca", "FILE", "PEM file with the CAs to trust instead of the system's"},
        [](settings& s, std::string_view t) { return to_text(s.tls.ca_file, t); }},
    row{{"tls.certificate", "--cert", "FILE", "PEM file with the devices' client certificate"},
        [](settings& s, std::string_view t) { return to_text(s.tls.certificate_file, t); }},
    row{{"tls.key", "--key", "FILE", "PEM file with its private key"},
        [](settings& s, std::string_view t) { return to_text(s.tls.key_file, t); }},
    row{{"tls.verify", "", "BOOL", "check the ACS's certificate and name (default true)"},
        [](settings& s, std::string_view t) { return to_flag(s.tls.verify, t); }},
    row{{"devices", "--devices", "N", "number of virtual CPEs (100, 10k, 1m)"},
        [](settings& s, std::string_view t) {
            return to_count(s.plan.devices, t, 1, base::limits::devices);
        }},
    row{{"profile", "--profile", "NAME|FILE", "device profile (default tr181-gateway)"},
        [](settings& s, std::string_view t) { return to_text(s.profile, t); }},
    row{{"interval", "--interval", "TIME", "between periodic Informs of one CPE (default 300s)"},
        [](settings& s, std::string_view t) { return to_time(s.plan.interval, t, second); }},
    row{{"keep_interval", "--keep-interval", "",
         "keep that interval whatever PeriodicInformInterval the ACS writes"},
        [](settings& s, std::string_view t) { return to_flag(s.keep_interval, t); }},
    row{{"ramp", "--ramp", "TIME", "over which the CPEs start (default 60s)"},
        [](settings& s, std::string_view t) { return to_time(s.plan.ramp, t, milliseconds(0)); }},
    row{{"duration", "--for", "TIME", "length of the run, ramp included (default 10m)"},
        [](settings& s, std::string_view t) { return to_time(s.plan.duration, t, second); }},
    row{{"drain", "--drain", "TIME", "then at most this for sessions in flight (default 60s)"},
        [](settings& s, std::string_view t) { return to_time(s.plan.drain, t, milliseconds(0)); }},
    row{{"seed", "--seed", "N", "same seed, same fleet and schedule (default 1)"},
        [](settings& s, std::string_view t) {
            return to_count(s.plan.seed, t, 0, std::uint64_t{1} << 53);
        }},
    row{{"threads", "--threads", "N", "threads; 0 = one per core, less one for an embedded ACS"},
        [](settings& s, std::string_view t) {
            return to_count(s.plan.shards, t, 0, base::limits::shards);
        }},
    row{{"sessions_in_flight", "--max-in-flight", "N", "sessions at the same time (default 2000)"},
        [](settings& s, std::string_view t) {
            return to_count(s.plan.sessions_in_flight, t, 1, 1'000'000);
        }},
    row{{"reboot_time", "", "TIME", "from Reboot to the next Inform (default 10s)"},
        [](settings& s, std::string_view t) { return to_time(s.reboot_time, t, milliseconds(0)); }},
    row{{"timeouts.connect", "", "TIME", "for TCP, and again for TLS (default 10s)"},
        [](settings& s, std::string_view t) {
            return to_time(s.time_outs.connect, t, milliseconds(1));
        }},
    row{{"timeouts.response", "", "TIME", "for each answer of the ACS (default 30s)"},
        [](settings& s, std::string_view t) {
            return to_time(s.time_outs.response, t, milliseconds(1));
        }},
    row{{"timeouts.session", "", "TIME", "for a whole session (default 300s)"},
        [](settings& s, std::string_view t) {
            return to_time(s.time_outs.session, t, milliseconds(1));
        }},
    row{{"connection_requests.backend", "--cr-backend", "KIND",
         "auto, none, address (own address each), socket (own port each)"},
        [](settings& s, std::string_view t) { return to_backend(s.backend, t); }},
    row{{"connection_requests.address", "--cr-address", "IP",
         "first address of the connection-request endpoints"},
        [](settings& s, std::string_view t) { return to_text(s.cr_address, t); }},
    row{{"connection_requests.port", "--cr-port", "PORT", "their port, or the first of them"},
        [](settings& s, std::string_view t) { return to_port(s.cr_port, t); }},
    row{{"connection_requests.bind", "--bind-device-address", "",
         "also connect to the ACS from each CPE's own address (back-end address)"},
        [](settings& s, std::string_view t) { return to_flag(s.bind_device_address, t); }},
};

std::string_view group_of(std::string_view key)
{
    const auto dot = key.find('.');
    return dot == key.npos ? std::string_view() : key.substr(0, dot);
}

const row* find_row(std::string_view key)
{
    for (const auto& r : rows)
        if (r.info.key == key) return &r;
    return nullptr;
}

diagnostic unknown_key(std::string_view key)
{
    std::vector<std::string_view> keys;
    for (const auto& r : rows)
        keys.push_back(r.info.key);
    std::string what = "unknown setting '" + std::string(key) + "'";
    if (const auto near = base::closest(key, keys))
        what += "; did you mean '" + std::string(*near) + "'?";
    return {.where = {}, .what = std::move(what)};
}

// The text of a JSON scalar as an option would have it.
checked<std::string> scalar_text(const base::json::value& v)
{
    using base::json::kind;
    switch (v.type()) {
    case kind::string:
        return std::string(*v.as_string());
    case kind::boolean:
        return std::string(*v.as_bool() ? "true" : "false");
    case kind::number: {
        const auto n = v.as_int(0, std::int64_t{1} << 53);
        if (!n) return n.error();
        return std::to_string(*n);
    }
    default:
        return v.complain("expected a string, a number, true or false");
    }
}

checked<void> load_member(settings& s, const base::json::value& object, std::size_t i,
                          const std::string& prefix)
{
    const std::string key = prefix + std::string(object.key(i));
    const auto member = object.element(i);
    if (member.is(base::json::kind::object)) {
        bool known = false;
        for (const auto& r : rows)
            known = known || group_of(r.info.key) == key;
        if (!known) return object.complain_key(i, unknown_key(key).what);
        for (std::size_t k = 0; k != member.size(); ++k)
            if (auto loaded = load_member(s, member, k, key + "."); !loaded) return loaded;
        return {};
    }
    if (key == "$comment" || key == "$schema") return {};
    if (find_row(key) == nullptr) return object.complain_key(i, unknown_key(key).what);
    const auto text = scalar_text(member);
    if (!text) return text.error();
    const auto set = s.set(key, *text);
    if (!set) return member.complain(set.error().what);
    return {};
}

} // namespace

checked<void> settings::set(std::string_view key, std::string_view text)
{
    const row* r = find_row(key);
    if (r == nullptr) return unknown_key(key);
    return r->set(*this, text);
}

checked<void> settings::load(const std::string& path)
{
    constexpr std::size_t scenario_bytes = 4 * 1024 * 1024;
    const auto document = base::json::document::load(path, scenario_bytes);
    if (!document) return document.error();
    const auto root = document->root();
    if (!root.is(base::json::kind::object))
        return root.complain("expected an object with the scenario's settings");
    for (std::size_t i = 0; i != root.size(); ++i)
        if (auto loaded = load_member(*this, root, i, ""); !loaded) return loaded;
    return {};
}

std::span<const setting_info> all_settings() noexcept
{
    static const auto infos = [] {
        std::array<setting_info, rows.size()> out;
        for (std::size_t i = 0; i != rows.size(); ++i)
            out[i] = rows[i].info;
        return out;
    }();
    return infos;
}

} // namespace cpestorm::cli
