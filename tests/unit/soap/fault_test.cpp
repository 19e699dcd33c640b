#include "soap/fault.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cpestorm::soap {
namespace {

TEST(fault_text, is_told_for_every_code_of_the_standard)
{
    for (unsigned code = 8000; code <= 8006; ++code)
        EXPECT_NE(fault_text(code), "Unknown fault") << code;
    for (unsigned code = 9000; code <= 9032; ++code)
        EXPECT_NE(fault_text(code), "Unknown fault") << code;
    EXPECT_EQ(fault_text(fault_code::invalid_arguments), "Invalid arguments");
    EXPECT_EQ(fault_text(fault_code::acs_retry_request), "Retry request");
}

TEST(fault_text, tells_vendor_codes_from_strangers)
{
    for (const unsigned code : {8800u, 8899u, 9800u, 9899u})
        EXPECT_EQ(fault_text(code), "Vendor defined fault") << code;
    for (const unsigned code : {0u, 7999u, 8007u, 8799u, 8900u, 9033u, 9799u, 9900u, ~0u})
        EXPECT_EQ(fault_text(code), "Unknown fault") << code;
}

TEST(fault_text, client_faults_are_the_requesters_mistakes)
{
    const std::set<unsigned> client{8003, 9003, 9005, 9006, 9007, 9008, 9020, 9021};
    for (unsigned code = 7990; code != 10'000; ++code)
        EXPECT_EQ(is_client_fault(code), client.contains(code)) << code;
}

} // namespace
} // namespace cpestorm::soap
