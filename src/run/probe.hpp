#pragma once

// Looks whether an ACS is there before a fleet is sent to it.

#include "base/error.hpp"
#include "http/tls.hpp"
#include "http/url.hpp"

#include <boost/asio/ip/address.hpp>

#include <chrono>

namespace cpestorm::run {

struct probe_result {
    boost::asio::ip::address address; // of the ACS
    boost::asio::ip::address local;   // of this host as the ACS sees it
};

// Resolves the host, connects, and for https completes the TLS handshake; sends nothing. Blocks for
// at most `limit`. The diagnostic says which of these failed and why.
[[nodiscard]] base::checked<probe_result> probe(const http::url& acs, const http::tls_context* tls,
                                                std::chrono::milliseconds limit);

} // namespace cpestorm::run
