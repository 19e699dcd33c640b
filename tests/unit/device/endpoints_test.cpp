#include "device/endpoints.hpp"

#include <gtest/gtest.h>

namespace cpestorm::device {
namespace {

TEST(endpoints, address_mode_gives_each_device_its_own_address)
{
    const endpoint_plan plan{endpoint_mode::address, 0x7F010000u, 7547, 1, 300};
    EXPECT_EQ(plan.of(0), (endpoint{0x7F010000u, 7547}));
    EXPECT_EQ(plan.of(299), (endpoint{0x7F01012Bu, 7547}));
    EXPECT_EQ(to_text(plan.of(299).address), "127.1.1.43");
}

TEST(endpoints, port_mode_fills_the_ports_of_an_address_first)
{
    const endpoint_plan plan{endpoint_mode::port, 0x7F000001u, 40000, 100, 250};
    EXPECT_EQ(plan.of(99), (endpoint{0x7F000001u, 40099}));
    EXPECT_EQ(plan.of(100), (endpoint{0x7F000002u, 40000}));
    EXPECT_EQ(plan.of(249), (endpoint{0x7F000003u, 40049}));
}

TEST(endpoints, device_at_is_the_inverse_of_of)
{
    const endpoint_plan plans[] = {{endpoint_mode::address, 0x7F010000u, 7547, 1, 5000},
                                   {endpoint_mode::port, 0x0A000001u, 30000, 333, 5000},
                                   {endpoint_mode::port, 0x0A000001u, 1, 65535, 5000}};
    for (const endpoint_plan& plan : plans)
        for (std::uint32_t i = 0; i < plan.devices; ++i)
            ASSERT_EQ(plan.device_at(plan.of(i)), i);
}

TEST(endpoints, no_device_at_foreign_endpoints)
{
    const endpoint_plan plan{endpoint_mode::port, 0x7F000001u, 40000, 100, 250};
    EXPECT_FALSE(plan.device_at({0x7F000000u, 40000})); // below the base
    EXPECT_FALSE(plan.device_at({0x7F000001u, 39999}));
    EXPECT_FALSE(plan.device_at({0x7F000001u, 40100})); // belongs to no address's ports
    EXPECT_FALSE(plan.device_at({0x7F000003u, 40050})); // device 250 of 250
    EXPECT_FALSE(plan.device_at({0xFFFFFFFFu, 40000}));
    const endpoint_plan address{endpoint_mode::address, 0x7F010000u, 7547, 1, 10};
    EXPECT_FALSE(address.device_at({0x7F010000u, 7548}));
    EXPECT_FALSE(address.device_at({0x7F01000Au, 7547}));
    EXPECT_FALSE(endpoint_plan{}.device_at({0, 0}));
}

TEST(endpoints, addresses_as_text)
{
    EXPECT_EQ(to_text(0), "0.0.0.0");
    EXPECT_EQ(to_text(0xFFFFFFFFu), "255.255.255.255");
}

} // namespace
} // namespace cpestorm::device
