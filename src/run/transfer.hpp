#pragma once

// Fetches the file a Download names: HTTP(S) GET, content counted and thrown away.

#include "device/cpe.hpp"
#include "run/environment.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>

namespace cpestorm::run {

struct transfer_outcome {
    soap::fault_struct fault; // code 0: the file came whole (TR-069 §A.5.1 otherwise)
    std::uint64_t bytes = 0;  // of content received
};

// Follows redirects and answers Basic and Digest challenges with the job's credentials. Bounded in
// time by an hour; never throws. `env` outlives the transfer.
[[nodiscard]] boost::asio::awaitable<transfer_outcome> fetch(environment* env,
                                                             device::transfer_job job);

} // namespace cpestorm::run
