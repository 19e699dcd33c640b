// cpestorm: the load generator and its tools.

#include "cli/acs_command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/options.hpp"
#include "cli/profile_command.hpp"
#include "cli/run_command.hpp"

#include <cstdio>
#include <exception>

namespace {

int dispatch(cpestorm::cli::options o)
{
    using namespace cpestorm::cli;
    switch (o.what) {
    case command::run:
        return run_command(std::move(o));
    case command::check:
        return check_command(std::move(o));
    case command::acs:
        return acs_command(o);
    case command::profile_import:
        return profile_import(o);
    case command::profile_check:
        return profile_check(o);
    case command::profile_show:
        return profile_show(o);
    }
    return exit_internal;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        auto parsed = cpestorm::cli::parse_command_line(argc, argv);
        if (!parsed.value) return parsed.exit;
        const int code = dispatch(std::move(*parsed.value));
        if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
        std::fprintf(stderr, "cpestorm: cannot write the result to standard output\n");
        return code != 0 ? code : cpestorm::cli::exit_internal;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "cpestorm: internal error: %s\n", e.what());
        return cpestorm::cli::exit_internal;
    }
}
