#include "run/endpoints.hpp"

#include <boost/asio/dispatch.hpp>

#include <netinet/in.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;

constexpr std::uint32_t nonce_lifetime_s = 60;

std::string random_secret()
{
    std::random_device source;
    std::string out;
    for (int i = 0; i != 8; ++i) {
        const auto word = source();
        out.append(reinterpret_cast<const char*>(&word), sizeof(word));
    }
    return out;
}

} // namespace

base::checked<void> check_ports(const device::endpoint_plan& endpoints,
                                fleet::endpoint_backend backend, const port_range& ephemeral)
{
    if (backend == fleet::endpoint_backend::none) return {};
    const std::uint32_t count =
        backend == fleet::endpoint_backend::address ? 1 : endpoints.ports_per_address;
    const std::uint32_t first = endpoints.base_port;
    const std::uint32_t last = first + count - 1;
    if (last > 65535)
        return base::diagnostic{.where = "--cr-port",
                                .what = "ports " + std::to_string(first) + " to " +
                                        std::to_string(last) + " are more than there are"};
    if (last < ephemeral.first || first > ephemeral.last) return {};
    return base::diagnostic{
        .where = "--cr-port",
        .what = "listening at ports " + std::to_string(first) + " to " + std::to_string(last) +
                " would take ports this host gives to outgoing connections (" +
                std::to_string(ephemeral.first) + " to " + std::to_string(ephemeral.last) +
                ", net.ipv4.ip_local_port_range), which then fail; choose ports below " +
                std::to_string(ephemeral.first)};
}

base::checked<std::unique_ptr<endpoints>>
endpoints::open(const device::endpoint_plan& plan, fleet::endpoint_backend backend,
                const std::vector<std::unique_ptr<shard>>& shards, base::instant epoch)
{
    std::unique_ptr<endpoints> out(new endpoints(plan, shards));
    const auto verifier =
        std::make_shared<const cwmp::digest_verifier>("cpe", random_secret(), nonce_lifetime_s);
    for (const auto& s : shards)
        out->servers_.push_back(std::make_unique<connection_request_server>(*s, verifier, epoch));
    base::checked<void> opened;
    if (backend == fleet::endpoint_backend::address) opened = out->open_address();
    if (backend == fleet::endpoint_backend::socket) opened = out->open_sockets();
    if (!opened) return opened.error();
    return out;
}

base::checked<void> endpoints::open_address()
{
    const http::tcp::endpoint any(asio::ip::address_v4::any(), plan_.base_port);
    const http::listen_options options{.backlog = 4096, .share_port = shards_.size() > 1};
    for (const auto& s : shards_) {
        auto l = http::listener::open(s->io(), any, options);
        if (!l) return l.error();
        (*l)->start([this](int fd, std::uint32_t) { accepted(fd, 0, false); });
        listeners_.push_back(std::move(*l));
    }
    return {};
}

base::checked<void> endpoints::open_sockets()
{
    for (const auto& s : shards_) {
        auto set = http::listener_set::open(s->io());
        if (!set) return set.error();
        for (std::uint32_t i = 0; i != plan_.devices; ++i) {
            if (!s->owns(i)) continue;
            const auto at = plan_.of(i);
            auto added = (*set)->add({asio::ip::address_v4(at.address), at.port}, i);
            if (!added) return added.error();
        }
        (*set)->start([this](int fd, std::uint32_t tag) { accepted(fd, tag, true); });
        sets_.push_back(std::move(*set));
    }
    return {};
}

// On the thread of any shard: finds the device by the address the client connected to.
void endpoints::accepted(int fd, std::uint32_t tag, bool tagged)
{
    if (!tagged) {
        sockaddr_in local{};
        socklen_t size = sizeof(local);
        if (::getsockname(fd, reinterpret_cast<sockaddr*>(&local), &size) != 0) {
            ::close(fd);
            return;
        }
        const auto device = plan_.device_at({ntohl(local.sin_addr.s_addr), ntohs(local.sin_port)});
        if (!device) { // an address of this host that belongs to no device
            ::close(fd);
            return;
        }
        tag = *device;
    }
    const auto owner = tag % shards_.size();
    auto& server = *servers_[owner];
    asio::dispatch(shards_[owner]->io(), [&server, fd, tag] { server.adopt(fd, tag); });
}

void endpoints::stop() noexcept
{
    for (const auto& l : listeners_)
        l->stop();
    for (const auto& s : sets_)
        s->stop();
    for (const auto& s : servers_)
        s->stop();
}

} // namespace cpestorm::run
