#pragma once

// Turns settings into a run that this host can carry, or says why it cannot.

#include "base/error.hpp"
#include "cli/settings.hpp"
#include "run/fleet_runner.hpp"

#include <string>
#include <vector>

namespace cpestorm::cli {

struct refusal {
    int exit; // exit_usage or exit_preflight
    base::diagnostic why;
};

struct prepared {
    run::run_request request;
    std::vector<std::string> remarks; // choices made for the user, a sentence each
};

template <class T>
using preparation = boost::system::result<T, refusal>;
[[noreturn]] void throw_exception_from_error(const refusal& r, const boost::source_location& at);

// Loads the profile, checks the plan, TLS files, ports and descriptors. `s.acs_url` is set.
//   embedded_acs  the ACS runs in this process: it needs a core and descriptors too
//   touch_acs     also connect to the ACS (run), or only resolve nothing (check)
[[nodiscard]] preparation<prepared> prepare(const settings& s, bool embedded_acs, bool touch_acs);

} // namespace cpestorm::cli
