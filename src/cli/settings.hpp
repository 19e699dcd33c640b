#pragma once

// What a run is configured by, whether it comes from an option, a scenario file or --set: one
// table of keys, each with its meaning and its check.

#include "base/error.hpp"
#include "fleet/plan.hpp"
#include "http/tls.hpp"
#include "run/environment.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cpestorm::cli {

struct settings {
    std::string name;    // of the scenario, for reports
    std::string acs_url; // empty: the embedded ACS
    std::string acs_username;
    std::string acs_password;
    bool basic_without_tls = false;
    http::tls_client_options tls;
    std::string profile = "tr181-gateway";
    bool keep_interval = false; // whatever PeriodicInformInterval the ACS writes
    std::chrono::milliseconds reboot_time{10'000};
    run::time_outs time_outs;

    fleet::run_plan plan{.devices = 100, .shards = 0}; // shards 0: one per core but one
    std::optional<fleet::endpoint_backend> backend;    // empty: chosen to fit
    std::string cr_address;                            // first address of the endpoints
    std::optional<std::uint16_t> cr_port;
    bool bind_device_address = false;

    // Sets one key from text. The diagnostic has `what` only: what is wrong and what is expected;
    // for an unknown key with "did you mean".
    [[nodiscard]] base::checked<void> set(std::string_view key, std::string_view text);

    // Takes all keys of a scenario file; diagnostics name file, line and column.
    [[nodiscard]] base::checked<void> load(const std::string& path);
};

// One line of the table, for --help and the schema.
struct setting_info {
    std::string_view key;    // "acs.url"
    std::string_view option; // "--acs"; empty: only by file or --set
    std::string_view value;  // "URL", "N", "TIME", ...
    std::string_view help;
};
[[nodiscard]] std::span<const setting_info> all_settings() noexcept;

} // namespace cpestorm::cli
