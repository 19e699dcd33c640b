#include "report/prometheus.hpp"

#include "base/text.hpp"
#include "sample_snapshots.hpp"

#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace cpestorm::report {
namespace {

using testing::HasSubstr;
using testing::Not;

// A scrape as Prometheus reads it.
struct scrape {
    std::map<std::string, std::string> types; // by family
    std::map<std::string, std::string> helps;
    std::map<std::string, double> series; // by name and labels, as written
};

scrape read(const std::string& text)
{
    static const std::regex sample(R"re(([a-zA-Z_:][a-zA-Z0-9_:]*))re"
                                   R"re((\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*",?)*\})?)re"
                                   R"re( (\S+))re");
    scrape out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string hash, what, name, rest;
        if (line.starts_with("#")) {
            words >> hash >> what >> name;
            std::getline(words >> std::ws, rest);
            auto& to = what == "TYPE" ? out.types : out.helps;
            EXPECT_TRUE(to.emplace(name, rest).second) << "twice: " << line;
            continue;
        }
        std::smatch m;
        if (!std::regex_match(line, m, sample)) {
            ADD_FAILURE() << "not a sample: " << line;
            continue;
        }
        EXPECT_TRUE(out.series.emplace(m[1].str() + m[2].str(), std::stod(m[5].str())).second)
            << "twice: " << line;
    }
    return out;
}

std::string family_of(const scrape& s, const std::string& series)
{
    const auto name = series.substr(0, series.find('{'));
    for (const std::string suffix : {"_bucket", "_sum", "_count"})
        if (name.ends_with(suffix) && s.types.contains(name.substr(0, name.size() - suffix.size())))
            return name.substr(0, name.size() - suffix.size());
    return name;
}

TEST(prometheus, every_series_belongs_to_a_described_family)
{
    for (const auto& make : {nothing_happened, small_run, huge_run}) {
        const auto s = read(to_prometheus(make()));
        for (const auto& [series, number] : s.series) {
            EXPECT_TRUE(s.types.contains(family_of(s, series))) << series;
            EXPECT_GE(number, 0) << series;
        }
        for (const auto& [family, type] : s.types) {
            EXPECT_FALSE(s.helps.at(family).empty()) << family;
            EXPECT_TRUE(family.starts_with("cpestorm_") || family.starts_with("process_"));
            EXPECT_EQ(type == "counter", family.ends_with("_total")) << family;
        }
        EXPECT_LE(s.series.size(), 3'000u);
    }
}

TEST(prometheus, the_same_series_from_the_start_to_the_end)
{
    const auto start = read(to_prometheus(nothing_happened()));
    const auto end = read(to_prometheus(huge_run()));
    std::set<std::string> before;
    std::set<std::string> after;
    // Only the labels that describe the run may differ.
    const auto keep = [](const std::string& series) {
        return !series.starts_with("cpestorm_run_info");
    };
    for (const auto& [series, number] : start.series)
        if (keep(series)) before.insert(series);
    for (const auto& [series, number] : end.series)
        if (keep(series)) after.insert(series);
    EXPECT_EQ(before, after);
}

TEST(prometheus, carries_the_numbers)
{
    const auto s = read(to_prometheus(huge_run()));
    EXPECT_EQ(s.series.at("cpestorm_sessions_offered_total"), 590'400'000);
    EXPECT_EQ(s.series.at(R"(cpestorm_sessions_failed_total{reason="read_timeout"})"), 1'234'568);
    EXPECT_EQ(s.series.at(R"(cpestorm_sessions_shed_total{reason="concurrency_cap"})"), 7'000'000);
    EXPECT_EQ(s.series.at(R"(cpestorm_cwmp_faults_total{code="9005"})"), 38);
    EXPECT_EQ(s.series.at(R"(cpestorm_http_responses_total{code="503"})"), 2'904);
    EXPECT_EQ(s.series.at(R"(cpestorm_http_responses_total{code="other"})"), 1);
    EXPECT_EQ(s.series.at(R"(cpestorm_devices{state="backoff"})"), 1'000);
    EXPECT_EQ(s.series.at(R"(cpestorm_generator_verdict{verdict="invalid"})"), 1);
    EXPECT_EQ(s.series.at(R"(cpestorm_generator_verdict{verdict="valid"})"), 0);
    EXPECT_EQ(s.series.at(R"(cpestorm_transfers_total{kind="download",outcome="failed"})"), 21);
    EXPECT_EQ(
        s.series.at(
            R"(cpestorm_rpcs_total{rpc="SetParameterValues",direction="acs",outcome="fault"})"),
        38);
}

TEST(prometheus, histograms_are_cumulative_and_complete)
{
    const auto picture = huge_run();
    const auto s = read(to_prometheus(picture));
    const auto& h = picture.measured.times.response;
    const std::string name = "cpestorm_session_response_seconds";
    EXPECT_EQ(s.series.at(name + "_count"), static_cast<double>(h.count()));
    EXPECT_EQ(s.series.at(name + R"(_bucket{le="+Inf"})"), static_cast<double>(h.count()));
    EXPECT_NEAR(s.series.at(name + "_sum"), static_cast<double>(h.sum_us()) / 1e6, 1e-3);
    double before = 0;
    for (const auto* le : {"0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25",
                           "0.5", "1", "2.5", "5", "10", "20", "30", "60", "120"}) {
        const auto n = s.series.at(name + "_bucket{le=\"" + le + "\"}");
        EXPECT_GE(n, before) << le;
        before = n;
    }
    EXPECT_TRUE(s.series.contains(R"(cpestorm_rpc_duration_seconds_count{rpc="Inform"})"));
}

TEST(prometheus, tells_no_secrets_and_no_peers_text)
{
    const auto text = to_prometheus(huge_run());
    EXPECT_THAT(text, Not(HasSubstr("secret")));
    EXPECT_THAT(text, Not(HasSubstr("acs.example.net")));
    EXPECT_THAT(text, Not(HasSubstr("no complete answer")));
}

TEST(prometheus, docs_list_exactly_what_is_exposed)
{
    const auto doc = base::read_file(CPESTORM_SOURCE_DIR "/docs/metrics.md", 1'000'000).value();
    static const std::regex row(R"(\n\| `((cpestorm|process)_[a-z0-9_]+)` \| (\w+) )");
    std::map<std::string, std::string> documented;
    for (std::sregex_iterator it(doc.begin(), doc.end(), row), end; it != end; ++it)
        EXPECT_TRUE(documented.emplace((*it)[1], (*it)[3]).second) << (*it)[1] << " twice";
    EXPECT_EQ(documented, read(to_prometheus(small_run())).types);
}

TEST(prometheus, promtool_finds_no_fault)
{
    if (std::system("command -v promtool >/dev/null 2>&1") != 0)
        GTEST_SKIP() << "promtool is not installed";
    auto* promtool = ::popen("promtool check metrics", "w");
    ASSERT_NE(promtool, nullptr);
    const auto text = to_prometheus(huge_run());
    std::fwrite(text.data(), 1, text.size(), promtool);
    EXPECT_EQ(::pclose(promtool), 0);
}

} // namespace
} // namespace cpestorm::report
