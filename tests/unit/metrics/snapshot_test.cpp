#include "metrics/snapshot.hpp"

#include <gmock/gmock.h>

namespace cpestorm::metrics {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A healthy run of 1,000 sessions.
snapshot healthy()
{
    snapshot s;
    auto& c = s.measured.counters.sessions;
    c.offered = 1'000;
    c.ok = 1'000;
    for (int i = 0; i < 1'000; ++i)
        s.measured.times.lag.record_us(500);
    s.process.busy_ratio = {0.5, 0.85};
    s.process.loop_stall_max = 500ms;
    s.run.sessions_limit = 64;
    s.phase = run_phase::finished;
    return s;
}

TEST(judge, nothing_offered_is_valid)
{
    const auto j = judge(snapshot{});
    EXPECT_EQ(j.verdict, validity::valid);
    EXPECT_THAT(j.reasons, IsEmpty());
}

TEST(judge, a_healthy_run_is_valid)
{
    EXPECT_EQ(judge(healthy()).verdict, validity::valid);
}

TEST(judge, what_the_acs_does_is_not_the_generators_fault)
{
    auto s = healthy();
    s.measured.counters.sessions.ok = 0;
    s.measured.counters.sessions.failed_by[base::failure_reason::http_5xx] = 1'000;
    EXPECT_EQ(judge(s).verdict, validity::valid);
}

TEST(judge, late_starts_degrade_and_invalidate)
{
    auto s = healthy();
    for (int i = 0; i < 9; ++i)
        s.measured.times.lag.record(90ms);
    EXPECT_EQ(judge(s).verdict, validity::valid); // less than 1 % of them
    for (int i = 0; i < 9; ++i)
        s.measured.times.lag.record(90ms);
    EXPECT_EQ(judge(s).verdict, validity::degraded);
    EXPECT_THAT(judge(s).reasons, ElementsAre(HasSubstr("sessions started late")));
    for (int i = 0; i < 99; ++i)
        s.measured.times.lag.record(120ms);
    EXPECT_EQ(judge(s).verdict, validity::invalid);
}

TEST(judge, any_local_error_invalidates)
{
    auto s = healthy();
    --s.measured.counters.sessions.ok;
    s.measured.counters.sessions.shed_by[shed_reason::no_source_port] = 1;
    EXPECT_EQ(judge(s).verdict, validity::invalid);
    EXPECT_THAT(judge(s).reasons, ElementsAre("1 sessions found no free source port"));

    s = healthy();
    s.measured.counters.sessions.ok -= 2;
    s.measured.counters.sessions.shed_by[shed_reason::fd_limit] = 1;
    s.measured.counters.sessions.failed_by[base::failure_reason::local_error] = 1;
    EXPECT_EQ(judge(s).verdict, validity::invalid);
    EXPECT_EQ(judge(s).reasons.size(), 2u);
    EXPECT_EQ(local_errors(s.measured.counters.sessions), 2u);
}

TEST(judge, a_busy_thread_or_a_stalled_loop_degrades)
{
    auto s = healthy();
    s.process.busy_ratio = {0.1, 0.86};
    EXPECT_EQ(judge(s).verdict, validity::degraded);
    EXPECT_THAT(judge(s).reasons, ElementsAre(HasSubstr("86.0 % of a core")));
    s = healthy();
    s.process.loop_stall_max = 501ms;
    EXPECT_EQ(judge(s).verdict, validity::degraded);
}

TEST(judge, shedding_by_our_own_cap_invalidates)
{
    auto s = healthy();
    auto& c = s.measured.counters.sessions;
    c.ok = 990;
    c.shed_by[shed_reason::concurrency_cap] = 10;
    EXPECT_EQ(judge(s).verdict, validity::valid);
    c.ok = 989;
    c.shed_by[shed_reason::late_skip] = 1;
    EXPECT_EQ(judge(s).verdict, validity::invalid);
    EXPECT_THAT(judge(s).reasons, ElementsAre(HasSubstr("10 at our own cap of 64 in flight")));
    c.shed_by = {};
    c.shed_by[shed_reason::paused] = 11; // as the user wished
    EXPECT_EQ(judge(s).verdict, validity::valid);
}

TEST(judge, unbalanced_books_invalidate_a_finished_run)
{
    auto s = healthy();
    s.measured.counters.sessions.ok = 999;
    EXPECT_THAT(judge(s).reasons, ElementsAre(HasSubstr("books do not balance")));
    EXPECT_EQ(judge(s).verdict, validity::invalid);
    s.phase = run_phase::drain;
    EXPECT_EQ(judge(s).verdict, validity::valid);
}

TEST(judge, worst_finding_wins_and_all_are_named)
{
    auto s = healthy();
    s.process.loop_stall_max = 2s;
    --s.measured.counters.sessions.ok;
    s.measured.counters.sessions.shed_by[shed_reason::fd_limit] = 1;
    EXPECT_EQ(judge(s).verdict, validity::invalid);
    EXPECT_EQ(judge(s).reasons.size(), 2u);
}

TEST(conclude, an_invalid_run_says_nothing_about_the_acs)
{
    snapshot s;
    EXPECT_EQ(name(conclude(s)), "PASS");
    s.generator.verdict = validity::degraded;
    EXPECT_EQ(conclude(s), outcome::pass);
    s.generator.verdict = validity::invalid;
    EXPECT_EQ(name(conclude(s)), "INVALID");
}

TEST(snapshot, phases_and_verdicts_have_names)
{
    EXPECT_EQ(name(run_phase::ramp), "ramp");
    EXPECT_EQ(name(run_phase::finished), "finished");
    EXPECT_EQ(name(validity::invalid), "INVALID");
}

} // namespace
} // namespace cpestorm::metrics
