#include "report/json.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "sample_snapshots.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <set>

namespace cpestorm::report {
namespace {

using base::json::document;
using base::json::kind;
using base::json::value;
using testing::HasSubstr;
using testing::Not;

document parsed(const metrics::snapshot& s)
{
    auto d = document::parse("summary.json", to_json(s));
    EXPECT_FALSE(d.has_error()) << d.error().text();
    return std::move(d).value();
}

value at(const document& d, std::initializer_list<std::string_view> path)
{
    auto v = d.root();
    for (const auto key : path)
        v = v.find(key).value();
    return v;
}

std::int64_t integer(const document& d, std::initializer_list<std::string_view> path)
{
    return at(d, path).as_int(0, INT64_MAX).value();
}

std::string text(const document& d, std::initializer_list<std::string_view> path)
{
    return std::string(at(d, path).as_string().value());
}

class summary_json : public testing::TestWithParam<metrics::snapshot (*)()> {};
INSTANTIATE_TEST_SUITE_P(runs, summary_json,
                         testing::Values(nothing_happened, small_run, huge_run));

TEST_P(summary_json, balances)
{
    const auto d = parsed(GetParam()());
    EXPECT_EQ(integer(d, {"schema_version"}), 1);
    EXPECT_EQ(integer(d, {"sessions", "offered"}),
              integer(d, {"sessions", "ok"}) + integer(d, {"sessions", "failed"}) +
                  integer(d, {"sessions", "shed"}) + integer(d, {"sessions", "unfinished"}));
    for (const auto& [total, parts] :
         {std::pair{"failed", "failed_by_reason"}, {"shed", "shed_by_reason"}}) {
        std::int64_t sum = 0;
        const auto by = at(d, {"sessions", parts});
        for (std::size_t i = 0; i < by.size(); ++i)
            sum += by.element(i).as_int(0, INT64_MAX).value();
        EXPECT_EQ(sum, integer(d, {"sessions", total}));
    }
}

TEST_P(summary_json, has_the_promised_fields)
{
    const auto d = parsed(GetParam()());
    for (const auto* key :
         {"verdict", "run", "generator", "devices", "sessions", "latency", "rpcs", "events",
          "faults", "connection_requests", "transfers", "acs_deviations", "phases", "thresholds"})
        EXPECT_TRUE(d.root().find(key)) << key;
    for (const auto* key :
         {"verdict", "reasons", "cpu_seconds", "max_rss_bytes", "loop_stall_max_seconds"})
        EXPECT_TRUE(at(d, {"generator"}).find(key)) << key;
    for (const auto* key : {"offered", "ok", "failed", "shed", "unfinished", "deferred", "attempts",
                            "recovered", "failed_by_reason"})
        EXPECT_TRUE(at(d, {"sessions"}).find(key)) << key;
    for (const auto* key : {"session_response_seconds", "session_service_seconds",
                            "session_start_lag_seconds", "connection_request_to_inform_seconds"})
        EXPECT_TRUE(at(d, {"latency", key}).find("count")) << key;
    EXPECT_TRUE(at(d, {"latency", "rpc_seconds", "Inform"}).find("count"));
    EXPECT_TRUE(at(d, {"rpcs", "Inform"}).find("fault"));
    EXPECT_TRUE(at(d, {"transfers", "download"}).find("bytes"));
    EXPECT_EQ(at(d, {"thresholds"}).type(), kind::array);
}

TEST(summary_json, says_what_was_measured)
{
    const auto d = parsed(small_run());
    EXPECT_EQ(text(d, {"verdict"}), "PASS");
    EXPECT_EQ(text(d, {"generator", "verdict"}), "VALID");
    EXPECT_EQ(text(d, {"run", "started_at"}), "2026-11-23T06:46:10Z");
    EXPECT_EQ(at(d, {"run", "seconds"}).as_double().value(), 60);
    EXPECT_EQ(integer(d, {"run", "seed"}), 42);
    EXPECT_EQ(integer(d, {"rpcs", "Inform", "ok"}), 120);
    EXPECT_EQ(integer(d, {"events", "0 BOOTSTRAP"}), 100);
    const auto s = small_run();
    EXPECT_DOUBLE_EQ(at(d, {"latency", "session_response_seconds", "max"}).as_double().value(),
                     static_cast<double>(s.measured.times.response.max_us()) / 1e6);
    EXPECT_FALSE(at(d, {"latency", "tls_handshake_seconds"}).find("p50")) << "not measured";
}

TEST(summary_json, tells_an_invalid_run_and_keeps_secrets)
{
    const auto d = parsed(huge_run());
    EXPECT_EQ(text(d, {"verdict"}), "INVALID");
    EXPECT_EQ(text(d, {"generator", "verdict"}), "INVALID");
    EXPECT_GT(at(d, {"generator", "reasons"}).size(), 0u);
    EXPECT_EQ(text(d, {"run", "acs_url"}), "https://acs.example.net:7547/cwmp");
    EXPECT_THAT(to_json(huge_run()), Not(HasSubstr("secret")));
    EXPECT_EQ(integer(d, {"acs_deviations", "Content-Type is not text/xml"}), 7);
    EXPECT_EQ(integer(d, {"faults", "9005"}), 38);
}

TEST(summary_json, every_field_is_documented)
{
    const auto doc = base::read_file(CPESTORM_SOURCE_DIR "/docs/summary.md", 1'000'000).value();
    const auto d = parsed(huge_run());
    std::set<std::string> keys;
    // What has enumerators, phrases or codes as keys is explained as a whole.
    const std::set<std::string> open{"failed_by_reason", "failed_examples", "shed_by_reason",
                                     "events",           "faults",          "http_responses",
                                     "acs_deviations",   "rpc_seconds",     "rpcs"};
    const std::function<void(const value&)> walk = [&](const value& v) {
        for (std::size_t i = 0; v.is(kind::object) && i < v.size(); ++i) {
            keys.insert(std::string(v.key(i)));
            if (!open.contains(std::string(v.key(i)))) walk(v.element(i));
        }
    };
    walk(d.root());
    for (const auto& key : keys)
        EXPECT_THAT(doc, HasSubstr("`" + key + "`"));
}

} // namespace
} // namespace cpestorm::report
