#pragma once

// What one shard measures. No locks: the shard's thread alone writes it; for a snapshot that same
// thread merges it into the picture (fleet-wide sets are merges of these).

#include "base/cwmp_names.hpp"
#include "metrics/counters.hpp"
#include "metrics/histogram.hpp"

#include <array>

namespace cpestorm::metrics {

struct histograms {
    // One sample each for every session whose first attempt began and ended, ok or failed:
    // response = end − due, service = end − start, lag = start − due; but for a device that was
    // busy when the event fell due, lag counts from when it was free.
    // So response includes how late this generator was; service is what the ACS made of it.
    histogram response{3};
    histogram service{3};
    histogram lag{3};

    // From a connection request that was answered 200 to the beginning of the Inform's sending.
    histogram connection_request_to_inform{2};
    histogram tcp_connect{2};   // successful ones
    histogram tls_handshake{2}; // successful ones

    // By method. Of a method the CPE calls (Inform, TransferComplete): from sending the request to
    // having the response. Of a method the ACS calls: from sending the CPE's response to having
    // the ACS's next message, so the time the ACS needs to digest it.
    std::array<histogram, base::method_count> rpc;

    [[nodiscard]] histogram& of(base::method m) noexcept
    {
        return rpc[static_cast<std::size_t>(m)];
    }
    [[nodiscard]] const histogram& of(base::method m) const noexcept
    {
        return rpc[static_cast<std::size_t>(m)];
    }

    void merge(const histograms& other) noexcept;
};

struct shard_metrics {
    metrics::counters counters;
    metrics::histograms times; // about 1 MiB

    void merge(const shard_metrics& other);
};

} // namespace cpestorm::metrics
