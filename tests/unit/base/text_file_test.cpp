#include "base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace cpestorm::base {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class TextFileTest : public testing::Test {
protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

    std::string path(const char* name) const { return folder_ / name; }

    const fs::path folder_ =
        fs::path(testing::TempDir()) / ("text_file_test." + std::to_string(::getpid()));
};

TEST_F(TextFileTest, ReadsBackWhatItWrote)
{
    const std::string contents("line\r\n\0binary\xFF", 14);
    ASSERT_TRUE(write_file(path("a"), contents).has_value());
    EXPECT_EQ(read_file(path("a"), 14).value(), contents);
    ASSERT_TRUE(write_file(path("a"), "").has_value());
    EXPECT_EQ(read_file(path("a"), 0).value(), "");
}

TEST_F(TextFileTest, LeavesNothingElseBehindAndKeepsPermissions)
{
    ASSERT_TRUE(write_file(path("a"), "secret").has_value());
    fs::permissions(path("a"), fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(write_file(path("a"), "other").has_value());
    EXPECT_EQ(fs::status(path("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(TextFileTest, NamesFileAndReason)
{
    const auto missing = read_file(path("none"), 100);
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().where, path("none"));
    EXPECT_THAT(missing.error().what, HasSubstr("No such file"));

    ASSERT_TRUE(write_file(path("a"), "12345").has_value());
    EXPECT_THAT(read_file(path("a"), 4).error().what, HasSubstr("limit of 4 bytes"));
    EXPECT_FALSE(read_file(folder_, 100).has_value());

    const auto refused = write_file(path("no/such/folder"), "x");
    ASSERT_FALSE(refused.has_value());
    EXPECT_THAT(refused.error().what, HasSubstr("No such file"));
}

TEST_F(TextFileTest, AFailedWriteKeepsTheOldFile)
{
    fs::create_directories(path("folder/inside"));
    EXPECT_FALSE(write_file(path("folder"), "x").has_value()); // cannot replace a folder
    EXPECT_TRUE(fs::is_directory(path("folder")));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(TextFileTest, TheLimitHoldsForFilesWithoutASize)
{
    EXPECT_THAT(read_file("/dev/zero", 100'000).error().what, HasSubstr("limit of 100000"));
}

TEST_F(TextFileTest, WritesToWhatIsNoFileAndLeavesItWhatItIs)
{
    const auto full = write_file("/dev/full", "x");
    ASSERT_TRUE(full.has_error());
    EXPECT_NE(full.error().text().find("/dev/full"), std::string::npos);
    EXPECT_TRUE(write_file("/dev/null", "x").has_value());
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

} // namespace
} // namespace cpestorm::base
