// CPESTORM_REGENERATE_GOLDEN=1 writes tests/golden/report anew: look at the difference.
#include "report/text.hpp"

#include "base/text.hpp"
#include "sample_snapshots.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <sstream>

namespace cpestorm::report {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

struct sample {
    const char* name;
    metrics::snapshot (*make)();
};
void PrintTo(const sample& s, std::ostream* out)
{
    *out << s.name;
}

class summary : public testing::TestWithParam<sample> {};
INSTANTIATE_TEST_SUITE_P(runs, summary,
                         testing::Values(sample{"nothing_happened", nothing_happened},
                                         sample{"small_run", small_run},
                                         sample{"huge_run", huge_run}));

TEST_P(summary, looks_like_the_golden_file)
{
    const auto path = std::string(CPESTORM_GOLDEN_DIR) + "/report/" + GetParam().name + ".txt";
    const auto text = to_text(GetParam().make());
    if (std::getenv("CPESTORM_REGENERATE_GOLDEN") != nullptr) {
        ASSERT_FALSE(base::write_file(path, text).has_error());
    }
    const auto golden = base::read_file(path, 1'000'000);
    ASSERT_FALSE(golden.has_error()) << golden.error().text();
    EXPECT_EQ(text, *golden);
}

TEST_P(summary, fits_a_terminal_and_does_not_drive_it)
{
    std::istringstream lines(to_text(GetParam().make()));
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(base::count_characters(line), 120u) << line;
        EXPECT_EQ(line.find('\x1b'), std::string::npos);
        EXPECT_EQ(base::valid_utf8_prefix(line), line.size());
        EXPECT_FALSE(line.ends_with(' ')) << '"' << line << '"';
    }
}

TEST(summary, keeps_the_password_to_itself)
{
    EXPECT_THAT(to_text(huge_run()), Not(HasSubstr("secret")));
}

TEST(status_line, shows_rates_since_the_line_before)
{
    auto s = small_run();
    s.phase = metrics::run_phase::steady;
    s.sessions_active = 3;
    EXPECT_THAT(status_line(s, {}),
                HasSubstr("1m 0s  steady  devices 100/100  sessions/s due 2.0 ended 2.0 failed 0.0 "
                          " in flight 3  response p50 "));
    const auto before = mark(s);
    s.elapsed += 10s;
    s.measured.counters.sessions.offered += 35;
    s.measured.counters.sessions.ok += 20;
    s.measured.counters.sessions.failed_by[base::failure_reason::tls] += 5;
    EXPECT_THAT(status_line(s, before), HasSubstr("due 3.5 ended 2.5 failed 0.5"));
    EXPECT_THAT(status_line(s, before), testing::EndsWith("  VALID"));
}

TEST(status_line, has_no_rates_before_time_has_passed)
{
    EXPECT_EQ(status_line(nothing_happened(), {}),
              "0s  ramp  devices 0/10  sessions/s due - ended - failed -  in flight 0  VALID");
}

} // namespace
} // namespace cpestorm::report
