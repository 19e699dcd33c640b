#pragma once

// What the sessions of one shard share. Belongs to the shard's thread.

#include "base/time.hpp"
#include "cwmp/cpe_session.hpp"
#include "device/context.hpp"
#include "fleet/time.hpp"
#include "fleet/wheel.hpp"
#include "http/tls.hpp"
#include "metrics/shard_metrics.hpp"
#include "run/resolver.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <memory>

namespace cpestorm::run {

// How long a session waits for the ACS.
struct time_outs {
    std::chrono::milliseconds connect{10'000};  // TCP, and again for TLS
    std::chrono::milliseconds response{30'000}; // TR-069 §3.4.1 wants at least 30 s
    std::chrono::milliseconds session{300'000}; // as a whole
};

// Towards the ACS and file servers.
struct transport_options {
    time_outs limits;
    std::shared_ptr<const http::tls_context> tls; // for https URLs; never null
    bool bind_device_address = false;             // connect from the device's own endpoint address
    bool basic_without_tls = false;               // answer a Basic challenge over plain http
};

struct environment {
    environment(boost::asio::io_context& ctx, const device::context& shared_by_devices,
                const transport_options& t, std::uint32_t sessions_max)
        : io(ctx)
        , devices(shared_by_devices)
        , transport(t)

        , names(ctx)
        , deadlines(sessions_max, std::chrono::milliseconds(10))
    {
    }

    [[nodiscard]] fleet::fleet_time to_fleet(base::instant t) const noexcept
    {
        return fleet::to_fleet_time(t - epoch);
    }

    boost::asio::io_context& io;
    const device::context& devices;
    transport_options transport;
    base::instant epoch{}; // fleet time 0
    resolver names;
    fleet::wheel deadlines; // by session slot
    metrics::shard_metrics measured;
};

} // namespace cpestorm::run
