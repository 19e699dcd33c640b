#pragma once

// The command line, parsed: which command, and what it needs.

#include "cli/settings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cpestorm::cli {

enum class command : std::uint8_t { run, check, acs, profile_import, profile_check, profile_show };

struct acs_options {
    std::string listen = "127.0.0.1:7547";
    std::string script; // file; empty: the built-in one
    std::string username;
    std::string password;
    std::string certificate; // https
    std::string key;
};

struct options {
    command what = command::run;
    settings run;           // run, check
    acs_options acs;        // acs
    std::string acs_script; // run: for the embedded ACS
    std::string admin;      // "ADDR:PORT", empty: none
    std::string out_dir;    // run: results; empty: none
    bool quiet = false;
    std::string input;        // profile: the file or name
    std::string output;       // profile import; empty: stdout
    std::string command_line; // for the report; contains no secrets, since no option takes one
};

// Either options, or the exit code to end with at once (help, version, a usage error that has been
// printed).
struct parsed {
    std::optional<options> value;
    int exit = 0;
};
[[nodiscard]] parsed parse_command_line(int argc, char** argv);

} // namespace cpestorm::cli
