#include "allocation_counter.hpp"
#include "device_fixture.hpp"

namespace cpestorm::device {
namespace {

class allocation : public device_test {};

TEST_F(allocation, an_idle_device_is_its_state)
{
    EXPECT_LE(sizeof(state), 56u);
    const std::size_t before = allocations();
    device().power_up(now + 300'000);
    advance(second);
    EXPECT_EQ(allocations(), before);
}

TEST_F(allocation, a_periodic_session_of_an_untouched_device_allocates_nothing)
{
    make_registered();
    const auto periodic_session = [&] {
        advance(300 * second);
        ASSERT_TRUE(device().wake());
        device().begin_session(content);
        ASSERT_EQ(content.inform.events.size(), 1u);
        device().session_ended(content, success(), 0.0);
        ASSERT_NE(device().next_wake(), never);
    };
    periodic_session(); // the buffers find their size
    const std::size_t before = allocations();
    periodic_session();
    EXPECT_EQ(allocations(), before);
}

} // namespace
} // namespace cpestorm::device
