#pragma once

// The embedded ACS in a thread of its own, for `cpestorm run` without --acs.

#include "acs/counters.hpp"
#include "base/error.hpp"
#include "run/acs_host.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <thread>

namespace cpestorm::cli {

// 16 bytes that nobody can guess.
[[nodiscard]] std::string unpredictable();

// Options of an embedded ACS that takes its script from `script_file` (empty: the built-in one).
[[nodiscard]] base::checked<acs::server_options> acs_server_options(const std::string& script_file);

class embedded_acs {
public:
    // Listens at a free port of 127.0.0.1.
    [[nodiscard]] static base::checked<std::unique_ptr<embedded_acs>>
    start(const std::string& script_file);
    ~embedded_acs();

    [[nodiscard]] const std::string& url() const noexcept { return url_; }
    // What it has counted so far. Waits for its thread.
    [[nodiscard]] acs::counters totals();

private:
    embedded_acs()
        : guard_(io_.get_executor())
    {
    }

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    std::unique_ptr<run::acs_host> host_;
    std::string url_;
    std::thread thread_;
};

// "embedded ACS  ok 20,000 ..." for people: sessions, what it asked, deviations of the CPEs.
[[nodiscard]] std::string describe(const acs::counters& c);

} // namespace cpestorm::cli
