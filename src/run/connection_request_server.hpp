#pragma once

// The connection-request endpoints of one shard's devices (TR-069 §3.2.2): HTTP GET with Digest
// authentication, answered at once; the session follows.

#include "cwmp/auth.hpp"
#include "http/server.hpp"
#include "run/shard.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace cpestorm::run {

class connection_request_server {
public:
    // `verifier` is shared by all shards, so that a nonce given by one is good at another.
    connection_request_server(shard& s, std::shared_ptr<const cwmp::digest_verifier> verifier,
                              base::instant epoch);

    // Serves an accepted connection to the endpoint of a device of this shard, on its thread.
    void adopt(int fd, std::uint32_t device_index) { server_.adopt(fd, device_index); }
    void stop() noexcept { server_.stop(); }

private:
    void handle(const http::request& q, const http::connection_info& c, http::reply& out);

    shard& shard_;
    std::shared_ptr<const cwmp::digest_verifier> verifier_;
    base::instant epoch_;
    http::server server_;
};

} // namespace cpestorm::run
