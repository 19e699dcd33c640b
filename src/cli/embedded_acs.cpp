#include "cli/embedded_acs.hpp"

#include <boost/asio/post.hpp>

#include <future>
#include <random>

namespace cpestorm::cli {
std::string unpredictable()
{
    std::random_device source;
    std::string out;
    for (int i = 0; i != 4; ++i) {
        const auto word = source();
        out.append(reinterpret_cast<const char*>(&word), sizeof(word));
    }
    return out;
}

base::checked<acs::server_options> acs_server_options(const std::string& script_file)
{
    acs::server_options out;
    out.secret = unpredictable();
    if (script_file.empty()) return out;
    auto script = acs::script::load(script_file);
    if (!script) return script.error();
    out.what_to_do = std::make_shared<const acs::script>(std::move(*script));
    return out;
}

base::checked<std::unique_ptr<embedded_acs>> embedded_acs::start(const std::string& script_file)
{
    std::unique_ptr<embedded_acs> out(new embedded_acs);
    auto options = acs_server_options(script_file);
    if (!options) return options.error();
    const http::tcp::endpoint at(boost::asio::ip::address_v4::loopback(), 0);
    auto host = run::acs_host::open(out->io_, at, std::move(*options), nullptr);
    if (!host) return host.error();
    out->host_ = std::move(*host);
    out->url_ = "http://127.0.0.1:" + std::to_string(out->host_->local_endpoint().port()) + "/";
    out->thread_ = std::thread([acs = out.get()] { acs->io_.run(); });
    return out;
}

embedded_acs::~embedded_acs()
{
    io_.stop();
    if (thread_.joinable()) thread_.join();
}

acs::counters embedded_acs::totals()
{
    std::promise<acs::counters> got;
    boost::asio::post(io_, [&] { got.set_value(host_->server().totals()); });
    return got.get_future().get();
}

std::string describe(const acs::counters& c)
{
    std::uint64_t deviations = 0;
    for (const auto& d : c.deviations)
        deviations += d.times;
    const auto& s = c.sessions;
    std::string out = "  EMBEDDED ACS  sessions ok " + std::to_string(s.ok) + ", expired " +
                      std::to_string(s.expired) + ", replaced " + std::to_string(s.replaced) +
                      ", refused " + std::to_string(s.refused) + "   unexpected faults " +
                      std::to_string(c.unexpected_faults) + "   deviations of the CPEs " +
                      std::to_string(deviations) + "\n";
    for (const auto& d : c.deviations)
        out += "    " + std::to_string(d.times) + " x " + std::string(d.phrase) + "\n";
    return out;
}

} // namespace cpestorm::cli
