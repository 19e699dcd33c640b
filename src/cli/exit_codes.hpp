#pragma once

namespace cpestorm::cli {

// The exit codes of every command.
enum exit_code : int {
    exit_pass = 0,
    exit_internal = 1,
    exit_usage = 2,     // wrong options, unreadable or wrong files
    exit_preflight = 3, // this host's limits, the ACS not reachable
    exit_threshold = 10,
    exit_invalid = 11, // the generator itself was saturated
    exit_aborted_by_threshold = 12,
    exit_stopped = 13,
    exit_incomplete_merge = 14,
    exit_sigint = 130,
    exit_sigterm = 143,
};

} // namespace cpestorm::cli
