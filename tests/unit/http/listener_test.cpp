#include "http/listener.hpp"

#include <gtest/gtest.h>

#include <map>
#include <unistd.h>
#include <vector>

namespace cpestorm::http {
namespace {

namespace asio = boost::asio;

const auto loopback = asio::ip::address_v4::loopback();

TEST(Listener, PortInUseIsExplained)
{
    asio::io_context io(1);
    const auto first = listener::open(io, {loopback, 0}, {});
    ASSERT_TRUE(first);
    const auto second = listener::open(io, (*first)->local_endpoint(), {});
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().text().find("127.0.0.1:"), std::string::npos);
    EXPECT_NE(second.error().text().find("another program has this port"), std::string::npos);
}

TEST(Listener, AddressOfAnotherHostIsExplained)
{
    asio::io_context io(1);
    const auto l = listener::open(io, {asio::ip::make_address("192.0.2.1"), 7547}, {});
    ASSERT_FALSE(l);
    EXPECT_NE(l.error().text().find("no interface of this host"), std::string::npos);
}

TEST(ListenerSet, TellsWhichSocketWasConnectedTo)
{
    asio::io_context io(1);
    std::vector<std::unique_ptr<listener>> reserve; // finds ports that are free
    std::vector<std::uint16_t> ports;
    for (int i = 0; i != 20; ++i) {
        auto l = listener::open(io, {loopback, 0}, {});
        ASSERT_TRUE(l);
        reserve.push_back(std::move(*l));
        ports.push_back(reserve.back()->local_endpoint().port());
    }
    reserve.clear();
    auto set = listener_set::open(io);
    ASSERT_TRUE(set);
    for (std::uint32_t i = 0; i != ports.size(); ++i) {
        const auto added = (*set)->add({loopback, ports[i]}, 100 + i);
        ASSERT_TRUE(added) << added.error().text();
    }
    std::map<std::uint32_t, int> seen;
    (*set)->start([&](int fd, std::uint32_t tag) {
        ++seen[tag];
        ::close(fd);
    });
    std::vector<tcp::socket> clients;
    for (int round = 0; round != 3; ++round)
        for (const auto port : ports) {
            clients.emplace_back(io);
            clients.back().connect({loopback, port});
        }
    for (int i = 0; i != 1000 && seen.size() < ports.size(); ++i)
        io.run_one_for(std::chrono::seconds(5));
    io.poll();
    ASSERT_EQ(seen.size(), ports.size());
    for (const auto& [tag, count] : seen) {
        EXPECT_GE(tag, 100u);
        EXPECT_EQ(count, 3) << tag;
    }
    const auto again = (*set)->add({loopback, ports[0]}, 7);
    EXPECT_FALSE(again);
}

} // namespace
} // namespace cpestorm::http
