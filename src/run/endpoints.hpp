#pragma once

// Opens the listening sockets of a fleet's connection-request endpoints and gives each accepted
// connection to the shard that owns the device.

#include "cwmp/auth.hpp"
#include "device/endpoints.hpp"
#include "fleet/plan.hpp"
#include "http/listener.hpp"
#include "run/connection_request_server.hpp"
#include "run/host.hpp"
#include "run/shard.hpp"

#include <memory>
#include <vector>

namespace cpestorm::run {

// Whether a plan's listening sockets would take ports that outgoing connections need: any port
// bound inside the ephemeral range makes connect() skip it on all addresses, and a range full of
// listeners makes every connection of this host fail. The diagnostic says what to choose instead.
[[nodiscard]] base::checked<void> check_ports(const device::endpoint_plan& endpoints,
                                              fleet::endpoint_backend backend,
                                              const port_range& ephemeral);

class endpoints {
public:
    // `shards` must outlive the object and not have been started yet.
    [[nodiscard]] static base::checked<std::unique_ptr<endpoints>>
    open(const device::endpoint_plan& plan, fleet::endpoint_backend backend,
         const std::vector<std::unique_ptr<shard>>& shards, base::instant epoch);

    void stop() noexcept; // on no shard's thread, when their io_contexts have stopped

private:
    endpoints(const device::endpoint_plan& plan, const std::vector<std::unique_ptr<shard>>& shards)
        : plan_(plan)
        , shards_(shards)
    {
    }
    [[nodiscard]] base::checked<void> open_address();
    [[nodiscard]] base::checked<void> open_sockets();
    void accepted(int fd, std::uint32_t tag, bool tagged);

    device::endpoint_plan plan_;
    const std::vector<std::unique_ptr<shard>>& shards_;
    std::vector<std::unique_ptr<connection_request_server>> servers_;
    std::vector<std::unique_ptr<http::listener>> listeners_;
    std::vector<std::unique_ptr<http::listener_set>> sets_;
};

} // namespace cpestorm::run
