// Every message, in every version of CWMP that has it, against the official schemas. They are not
// part of the repository: without them, or without xmllint, the test is skipped and says so.

#include "samples.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace cpestorm::soap::test {
namespace {

const std::filesystem::path schemas =
    std::filesystem::path(CPESTORM_SOURCE_DIR) / "../shared/spec/schema/local-strict";

// The envelope as CWMP 1.`minor` would have it.
envelope in_version(envelope e, unsigned minor)
{
    e.ns = static_cast<cwmp_namespace>(std::min(minor, 2u));
    if (minor < 3) e.session_timeout.reset();
    if (minor < 4) e.supported_versions.clear();
    if (minor < 4) e.use_version.clear();
    return e;
}

class schema : public testing::TestWithParam<unsigned> {};

TEST_P(schema, accepts_every_message)
{
    const unsigned minor = GetParam();
    const auto xsd = schemas / ("cwmp-soap-1-" + std::to_string(minor) + ".xsd");
    if (!std::filesystem::exists(xsd)) GTEST_SKIP() << "no schema at " << xsd;
    if (std::system("command -v xmllint >/dev/null") != 0) GTEST_SKIP() << "no xmllint on PATH";

    const auto folder =
        std::filesystem::path(testing::TempDir()) / ("cpestorm-soap-" + std::to_string(minor));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    for (const sample& s : samples()) {
        if (!s.in_schema) continue;
        const auto file = folder / (s.name + ".xml");
        ASSERT_TRUE(
            base::write_file(file.string(), encoded(in_version(s.what, minor))).has_value());
    }
    const std::string log = (folder / "log").string();
    const std::string command = "xmllint --nonet --noout --schema '" + xsd.string() + "' '" +
                                folder.string() + "'/*.xml >'" + log + "' 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << base::read_file(log, 1'000'000).value();
}

INSTANTIATE_TEST_SUITE_P(cwmp_1, schema, testing::Values(0u, 1u, 2u, 3u, 4u),
                         testing::PrintToStringParamName());

} // namespace
} // namespace cpestorm::soap::test
