#pragma once

// What the embedded ACS has counted since it started.

#include "base/cwmp_names.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cpestorm::acs {

// A way in which a CPE broke the standard, and how often one did.
struct deviation_count {
    std::string_view phrase; // static text
    std::uint64_t times = 0;
};

struct counters {
    // started = ok + expired + replaced + refused + (sessions open now)
    struct {
        std::uint64_t started = 0; // a POST with an Inform
        std::uint64_t ok = 0;
        std::uint64_t expired = 0;  // the CPE fell silent
        std::uint64_t replaced = 0; // the device began another
        std::uint64_t refused = 0;  // ended by the ACS: a fault to the Inform or status 400
    } sessions;

    struct outcome {
        std::uint64_t ok = 0;
        std::uint64_t fault = 0;
    };
    std::array<outcome, base::method_count> rpcs{};        // both directions, by method
    std::array<std::uint64_t, base::event_count> events{}; // listed in Informs
    std::uint64_t unexpected_faults = 0; // CPE faults that the script did not expect
    std::uint64_t missing_faults = 0;    // successes where the script expected a fault

    std::uint64_t requests = 0;     // HTTP requests
    std::uint64_t challenged = 0;   // 401: no credentials, or a nonce too old
    std::uint64_t unauthorized = 0; // 401: wrong credentials
    std::uint64_t refused = 0;      // 400, 405

    std::vector<deviation_count> deviations; // in the order of their first occurrence; bounded
                                             // because phrases are static texts of this program
    void deviate(std::string_view phrase);
};

} // namespace cpestorm::acs
