#pragma once

// An HTTP GET with authentication and redirects: what a device does to fetch a file, and an ACS to
// send a connection request. Content is counted and thrown away.

#include "base/cwmp_names.hpp"
#include "cwmp/auth.hpp"
#include "http/tls.hpp"
#include "run/resolver.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace cpestorm::run {

struct get_request {
    std::string url;
    cwmp::credentials login; // for a Basic or Digest challenge; empty: give up at 401
    std::chrono::milliseconds limit{30'000};
};

struct get_result {
    unsigned status = 0; // of the final answer; 0: there was none, see `reason`
    std::uint64_t bytes = 0;
    base::failure_reason reason = base::failure_reason::local_error;
    std::string detail; // for people, if status is 0
};

// `io` and `names` outlive the call. Never throws; bounded in time by the limit and in requests.
// `tls`: for https, never null then.
[[nodiscard]] boost::asio::awaitable<get_result> http_get(boost::asio::io_context* io,
                                                          resolver* names,
                                                          const http::tls_context* tls,
                                                          get_request request);

} // namespace cpestorm::run
