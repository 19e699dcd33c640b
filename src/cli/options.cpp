#include "cli/options.hpp"

#include "base/text.hpp"
#include "cli/exit_codes.hpp"
#include "cli/version.hpp"
#include "report/redact.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <map>

namespace cpestorm::cli {
namespace {

// The settings given as options, by key, in the order of the command line's parsing.
struct given_settings {
    std::map<std::string, std::string> values;
    std::vector<std::pair<std::string, CLI::Option*>> options; // key, and whether it was given
    std::map<std::string, bool> flags;
    std::string scenario;
    std::vector<std::string> sets; // KEY=VALUE
};

void add_settings(CLI::App& app, given_settings& given)
{
    app.add_option("SCENARIO", given.scenario, "scenario file (JSON); options override it");
    for (const auto& info : all_settings()) {
        if (info.option.empty()) continue;
        const std::string key(info.key);
        const std::string name(info.option);
        if (info.value.empty())
            app.add_flag(name, given.flags[key], std::string(info.help));
        else
            given.options.emplace_back(
                key, app.add_option(name, given.values[key], std::string(info.help))
                         ->type_name(std::string(info.value)));
    }
    app.add_option("--set", given.sets, "KEY=VALUE: any key of a scenario file")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
}

base::checked<void> apply_option(settings& to, std::string_view key, const std::string& text)
{
    auto set = to.set(key, text);
    if (set) return set;
    auto why = set.error();
    for (const auto& info : all_settings())
        if (info.key == key) why.where = info.option;
    return why;
}

base::checked<void> apply(settings& to, const given_settings& given)
{
    if (!given.scenario.empty())
        if (auto loaded = to.load(given.scenario); !loaded) return loaded;
    for (const auto& [key, option] : given.options)
        if (option->count() != 0)
            if (auto set = apply_option(to, key, given.values.at(key)); !set) return set;
    for (const auto& [key, on] : given.flags)
        if (on)
            if (auto set = to.set(key, "true"); !set) return set;
    for (const auto& assignment : given.sets) {
        const auto equals = assignment.find('=');
        if (equals == assignment.npos)
            return base::diagnostic{.where = "--set",
                                    .what = "'" + assignment + "' is not KEY=VALUE"};
        auto set = to.set(assignment.substr(0, equals), assignment.substr(equals + 1));
        if (!set) {
            auto why = set.error();
            why.where = "--set " + assignment;
            return why;
        }
    }
    // Not an option, because command lines are visible to every user of the host.
    if (const char* password = std::getenv("CPESTORM_ACS_PASSWORD");
        password != nullptr && to.acs_password.empty())
        to.acs_password = password;
    return {};
}

void add_run(CLI::App& app, options& o)
{
    app.add_option("--acs-script", o.acs_script, "what the embedded ACS asks (JSON)")
        ->type_name("FILE");
    app.add_option("--out", o.out_dir, "folder for summary.json and summary.txt")->type_name("DIR");
    app.add_option("--admin", o.admin, "serve /metrics and /healthz there")->type_name("ADDR:PORT");
    app.add_flag("--quiet", o.quiet, "no status line");
}

void add_acs(CLI::App& app, options& o)
{
    app.add_option("--listen", o.acs.listen, "address and port (default 127.0.0.1:7547)")
        ->type_name("ADDR:PORT");
    app.add_option("--script", o.acs.script, "what to ask the CPEs (JSON, docs/acs-script.md)")
        ->type_name("FILE");
    app.add_option("--admin", o.admin,
                   "serve /metrics, /healthz, /devices and "
                   "/connection-request there")
        ->type_name("ADDR:PORT");
    app.add_option("--username", o.acs.username, "ask CPEs for this user name (Digest)");
    app.add_option(
        "--password", o.acs.password,
        "and this password (or set CPESTORM_ACS_PASSWORD, which other users cannot see)");
    app.add_option("--cert", o.acs.certificate, "serve https with this PEM certificate chain")
        ->type_name("FILE");
    app.add_option("--key", o.acs.key, "PEM private key")->type_name("FILE");
    app.add_flag("--quiet", o.quiet, "no status line");
}

} // namespace

parsed parse_command_line(int argc, char** argv)
{
    CLI::App app("Runs virtual CPEs against an ACS over CWMP (TR-069).", "cpestorm");
    app.set_version_flag("--version", std::string("cpestorm ") + version);
    app.require_subcommand(1);
    app.failure_message(CLI::FailureMessage::simple);

    options o;
    given_settings given;
    given_settings planned;
    auto& run = *app.add_subcommand("run", "run a fleet and print the result");
    add_settings(run, given);
    add_run(run, o);
    auto& check = *app.add_subcommand("check", "print what a run would do, without running it");
    add_settings(check, planned);
    auto& acs = *app.add_subcommand("acs", "run the embedded ACS on its own");
    add_acs(acs, o);
    auto& profile = *app.add_subcommand("profile", "device profiles");
    profile.require_subcommand(1);
    auto& import = *profile.add_subcommand("import", "make a profile of a device export (CSV)");
    import.add_option("FILE", o.input, "the export")->required();
    import.add_option("-o,--output", o.output, "the profile (default: standard output)");
    auto& profile_check = *profile.add_subcommand("check", "check a profile");
    profile_check.add_option("PROFILE", o.input, "name or file")->required();
    auto& show = *profile.add_subcommand("show", "print a device's parameters");
    show.add_option("PROFILE", o.input, "name or file")->required();

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        const int code = app.exit(e);
        return {std::nullopt, code == 0 ? exit_pass : exit_usage};
    }
    if (run) o.what = command::run;
    if (check) o.what = command::check;
    if (acs) o.what = command::acs;
    if (import) o.what = command::profile_import;
    if (profile_check) o.what = command::profile_check;
    if (show) o.what = command::profile_show;
    const std::vector<std::string> arguments(argv, argv + argc);
    if (const char* password = std::getenv("CPESTORM_ACS_PASSWORD");
        password != nullptr && o.acs.password.empty() && !o.acs.username.empty())
        o.acs.password = password;
    o.command_line = report::printable_command(arguments);
    if (const auto applied = apply(o.run, check ? planned : given); !applied) {
        std::fprintf(stderr, "cpestorm: %s\n", applied.error().text().c_str());
        return {std::nullopt, exit_usage};
    }
    return {std::move(o), exit_pass};
}

} // namespace cpestorm::cli
