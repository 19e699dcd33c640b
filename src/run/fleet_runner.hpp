#pragma once

// A whole run: the shards and their threads, the connection-request endpoints, the picture of all.

#include "base/error.hpp"
#include "device/context.hpp"
#include "fleet/plan.hpp"
#include "metrics/snapshot.hpp"
#include "run/endpoints.hpp"
#include "run/environment.hpp"
#include "run/shard.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace cpestorm::run {

struct run_request {
    fleet::run_plan plan; // valid
    device::context devices;
    transport_options transport;
    metrics::run_info info; // started_at is filled in by start()
    // The ACS as it was found before the start, so that no shard has to look it up again.
    std::string acs_host;
    boost::asio::ip::address acs_address;
};

class fleet_runner {
public:
    // `home`: the io_context whose thread calls all member functions and gets the callbacks.
    fleet_runner(boost::asio::io_context& home, run_request request);
    ~fleet_runner(); // stops the threads

    // Opens the endpoints and starts the threads. `on_finished` is called when all shards are
    // done, with an empty text, or when one died of an internal error, with its text.
    [[nodiscard]] base::checked<void> start(std::function<void(std::string)> on_finished);
    // Ends the load now; sessions in flight may take until the plan's drain time is over.
    // `at_once`: they are cut.
    void drain(bool at_once);
    // Asks all shards for their numbers; `got` is called with the whole picture. After the end of
    // the run too.
    void collect(std::function<void(metrics::snapshot)> got);

    [[nodiscard]] const run_request& request() const noexcept { return request_; }

private:
    struct gathering;
    void thread_main(shard& s);
    void complete(metrics::snapshot& s);

    boost::asio::io_context& home_;
    run_request request_;
    base::instant epoch_{};
    std::vector<std::unique_ptr<shard>> shards_;
    std::unique_ptr<endpoints> endpoints_;
    std::vector<std::thread> threads_;
    std::function<void(std::string)> on_finished_;
    std::uint32_t running_ = 0; // shards that are not done
    bool draining_ = false;
    base::duration ran_{}; // how long the load ran, once finished
    using guard = boost::asio::executor_work_guard<boost::asio::io_context::executor_type>;
    std::vector<guard> guards_; // keep the shards' contexts alive until the destructor
};

} // namespace cpestorm::run
