#include "fleet/wheel.hpp"

#include "base/rng.hpp"

#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cpestorm::fleet {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

std::vector<std::pair<std::uint32_t, fleet_time>> fired(wheel& w, fleet_time now)
{
    std::vector<std::pair<std::uint32_t, fleet_time>> out;
    w.advance(now, [&](std::uint32_t id, fleet_time due) { out.emplace_back(id, due); });
    return out;
}

TEST(wheel, fires_in_order_of_time_and_not_early)
{
    wheel w(4);
    w.arm(0, 70'000);
    w.arm(1, 5);
    w.arm(2, 256);
    w.arm(3, 0);
    EXPECT_EQ(w.size(), 4u);
    EXPECT_THAT(fired(w, 0), ElementsAre(Pair(3, 0)));
    EXPECT_THAT(fired(w, 4), IsEmpty());
    EXPECT_THAT(fired(w, 69'999), ElementsAre(Pair(1, 5), Pair(2, 256)));
    EXPECT_THAT(fired(w, 70'000), ElementsAre(Pair(0, 70'000)));
    EXPECT_EQ(w.size(), 0u);
    EXPECT_EQ(w.next_due(), never);
}

TEST(wheel, a_past_time_fires_with_the_next_tick)
{
    wheel w(2);
    EXPECT_THAT(fired(w, 1000), IsEmpty());
    w.arm(0, 3);
    EXPECT_EQ(w.due(0), 3u);
    EXPECT_EQ(w.next_due(), 1001u);
    EXPECT_THAT(fired(w, 1000), IsEmpty());
    EXPECT_THAT(fired(w, 1001), ElementsAre(Pair(0, 3)));
}

TEST(wheel, arming_again_replaces_and_never_cancels)
{
    wheel w(2);
    w.arm(0, 10);
    w.arm(0, 20);
    EXPECT_EQ(w.size(), 1u);
    EXPECT_THAT(fired(w, 19), IsEmpty());
    w.arm(0, never);
    EXPECT_FALSE(w.armed(0));
    EXPECT_EQ(w.due(0), never);
    EXPECT_FALSE(w.cancel(0));
    w.arm(1, 30);
    EXPECT_TRUE(w.cancel(1));
    EXPECT_THAT(fired(w, 100), IsEmpty());
}

TEST(wheel, coarse_ticks_round_up)
{
    wheel w(3, milliseconds(10));
    w.arm(0, 11);
    w.arm(1, 20);
    w.arm(2, never - 1); // the last tick there is
    EXPECT_EQ(w.next_due(), 20u);
    EXPECT_THAT(fired(w, 19), IsEmpty());
    EXPECT_THAT(fired(w, 20), UnorderedElementsAre(Pair(0, 11), Pair(1, 20)));
    EXPECT_LE(w.next_due(), never - 1);
    EXPECT_TRUE(w.armed(2));
}

TEST(wheel, the_visitor_may_arm_and_cancel)
{
    wheel w(5);
    w.arm(0, 100);
    w.arm(1, 100);
    w.arm(2, 150);
    std::vector<std::uint32_t> order;
    const auto visits = w.advance(200, [&](std::uint32_t id, fleet_time) {
        order.push_back(id);
        EXPECT_FALSE(w.armed(id));
        if (order.size() == 1) {
            w.cancel(id == 0 ? 1 : 0); // its neighbour in the same tick
            w.arm(id, 160);            // later, but within this call
            w.arm(3, 7);               // long past: the next tick
            w.arm(4, 201);             // after this call
        }
    });
    EXPECT_EQ(visits, 4u);
    EXPECT_THAT(order, ElementsAre(testing::AnyOf(0, 1), 3, 2, order[0]));
    EXPECT_THAT(fired(w, 201), ElementsAre(Pair(4, 201)));
}

TEST(wheel, time_does_not_go_back)
{
    wheel w(1);
    fired(w, 500);
    w.arm(0, 400);
    EXPECT_THAT(fired(w, 100), IsEmpty());
    EXPECT_THAT(fired(w, 501), ElementsAre(Pair(0, 400)));
}

TEST(wheel, reaches_the_end_of_time)
{
    wheel w(2);
    w.arm(0, never - 1);
    w.arm(1, 0x01000000);
    EXPECT_THAT(fired(w, never - 2), ElementsAre(Pair(1, 0x01000000)));
    EXPECT_EQ(w.next_due(), never - 1);
    EXPECT_THAT(fired(w, never - 1), ElementsAre(Pair(0, never - 1)));
}

// What the wheel shall do, said simply: ids sorted by the tick they fire at.
class model {
public:
    model(std::uint32_t capacity, std::uint32_t tick)
        : at_(capacity)
        , tick_(tick)
    {
    }
    void arm(std::uint32_t id, fleet_time due)
    {
        cancel(id);
        if (due == never) return;
        const auto tick = std::max<std::uint64_t>((std::uint64_t{due} + tick_ - 1) / tick_, next_);
        at_[id] = queue_.emplace(tick, std::pair(id, due));
    }
    void cancel(std::uint32_t id)
    {
        if (at_[id]) queue_.erase(*at_[id]);
        at_[id].reset();
    }
    bool armed(std::uint32_t id) const { return at_[id].has_value(); }
    // The ids of the next tick at or before `now`.
    std::map<std::uint32_t, fleet_time> tick(fleet_time now)
    {
        std::map<std::uint32_t, fleet_time> out;
        if (queue_.empty() || queue_.begin()->first > now / tick_) {
            next_ = std::max<std::uint64_t>(next_, now / tick_ + 1);
            return out;
        }
        const auto first = queue_.begin()->first;
        next_ = first + 1;
        for (auto [it, end] = queue_.equal_range(first); it != end; ++it)
            out.insert(it->second);
        for (const auto& [id, due] : out)
            cancel(id);
        return out;
    }
    std::optional<std::uint64_t> next_ms() const
    {
        if (queue_.empty()) return std::nullopt;
        return queue_.begin()->first * tick_;
    }
    std::size_t size() const { return queue_.size(); }

private:
    using queue = std::multimap<std::uint64_t, std::pair<std::uint32_t, fleet_time>>;
    queue queue_;
    std::vector<std::optional<queue::iterator>> at_;
    std::uint64_t tick_;
    std::uint64_t next_ = 0;
};

// A time near `now` or far, or on a boundary of the wheel's levels, or past.
fleet_time some_due(base::rng& r, fleet_time now)
{
    const unsigned bits[] = {3, 8, 9, 16, 17, 24, 25, 31};
    const std::uint64_t range = std::uint64_t{1} << bits[r.below(8)];
    switch (r.below(4)) {
    case 0: {
        const std::uint64_t boundary = ((now / range) + 1) * range + r.below(3) - 1;
        return boundary < never ? static_cast<fleet_time>(boundary) : now;
    }
    case 1:
        return static_cast<fleet_time>(r.below(std::uint64_t{now} + 1));
    default:
        return static_cast<fleet_time>(std::min<std::uint64_t>(now + r.below(range), never - 1));
    }
}

void run_against_model(std::uint64_t seed, std::uint32_t tick_ms)
{
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", tick " << tick_ms << " ms");
    constexpr std::uint32_t capacity = 60;
    base::rng r(seed, 0);
    wheel w(capacity, milliseconds(tick_ms));
    model m(capacity, tick_ms);
    fleet_time now = 0;

    for (int step = 0; step < 4'000 && !testing::Test::HasFailure(); ++step) {
        const auto id = static_cast<std::uint32_t>(r.below(capacity));
        if (r.below(8) == 0) {
            w.cancel(id);
            m.cancel(id);
        } else if (r.below(3) != 0) {
            const auto due = some_due(r, now);
            w.arm(id, due);
            m.arm(id, due);
        } else {
            now = r.below(2) == 0 ? some_due(r, now) : std::max(now, w.next_due() % never);
            // Each tick's ids fire together; between ticks the visitor arms some of them again.
            std::map<std::uint32_t, fleet_time> expected;
            w.advance(now, [&](std::uint32_t fired_id, fleet_time due) {
                if (expected.empty()) expected = m.tick(now);
                const auto it = expected.find(fired_id);
                ASSERT_NE(it, expected.end()) << fired_id << " fired out of turn";
                EXPECT_EQ(it->second, due);
                EXPECT_LE(due, now);
                expected.erase(it);
                if (r.below(3) == 0) {
                    const auto again = some_due(r, now);
                    w.arm(fired_id, again);
                    m.arm(fired_id, again);
                }
            });
            EXPECT_THAT(expected, IsEmpty()) << "did not fire";
            EXPECT_THAT(m.tick(now), IsEmpty()) << "did not fire";
        }
        ASSERT_EQ(w.armed(id), m.armed(id));
        ASSERT_EQ(w.size(), m.size());
        const auto next = m.next_ms();
        ASSERT_EQ(w.next_due() == never, !next.has_value());
        if (next) {
            ASSERT_LE(w.next_due(), *next);
        }
    }
}

TEST(wheel, does_what_a_sorted_map_does)
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
        for (const std::uint32_t tick : {1u, 10u, 7u})
            run_against_model(seed, tick);
}

} // namespace
} // namespace cpestorm::fleet
