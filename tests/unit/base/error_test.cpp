#include "base/error.hpp"

#include <gtest/gtest.h>

namespace cpestorm::base {
namespace {

TEST(ErrorTest, EveryCodeHasItsOwnMessage)
{
    std::vector<std::string> seen;
    for (int i = 0; i <= static_cast<int>(errc::internal); ++i) {
        const error_code code = static_cast<errc>(i);
        EXPECT_EQ(code.failed(), i != 0);
        EXPECT_STREQ(code.category().name(), "cpestorm");
        for (const auto& other : seen)
            EXPECT_NE(code.message(), other);
        seen.push_back(code.message());
    }
}

TEST(ErrorTest, DiagnosticTextLeavesOutWhatDoesNotApply)
{
    EXPECT_EQ((diagnostic{.where = "f.json", .line = 3, .column = 7, .what = "bad"}).text(),
              "f.json:3:7: bad");
    EXPECT_EQ((diagnostic{.where = "f.csv", .line = 3, .what = "bad"}).text(), "f.csv:3: bad");
    EXPECT_EQ((diagnostic{.where = "--acs", .what = "bad"}).text(), "--acs: bad");
    EXPECT_EQ((diagnostic{.what = "bad"}).text(), "bad");
}

TEST(ErrorTest, CheckedTextIsAValueNotADiagnostic)
{
    const checked<std::string> c = std::string("fine");
    ASSERT_TRUE(c.has_value());
    EXPECT_EQ(*c, "fine");
    const checked<std::string> bad = diagnostic{.what = "bad"};
    EXPECT_THROW((void)bad.value(), std::runtime_error);
}

} // namespace
} // namespace cpestorm::base
