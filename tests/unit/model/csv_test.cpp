#include "model/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using testing::ElementsAre;

TEST(CsvTest, ReadsRecords)
{
    const std::string file = "f.csv";
    csv_reader in(file, "\xEF\xBB\xBF"
                        "a,b\r\n\r\n\"x \"\"y\"\", z\",\n\"two\nlines\",c\n,\nlast");
    const auto next = [&] { return in.next().value().value(); };
    EXPECT_THAT(next().fields, ElementsAre("a", "b"));
    EXPECT_THAT(next().fields, ElementsAre("x \"y\", z", ""));
    const auto two = next();
    EXPECT_THAT(two.fields, ElementsAre("two\nlines", "c"));
    EXPECT_EQ(two.line, 4u);
    const auto empty = next();
    EXPECT_THAT(empty.fields, ElementsAre("", ""));
    EXPECT_EQ(empty.line, 6u);
    const auto last = next();
    EXPECT_THAT(last.fields, ElementsAre("last"));
    EXPECT_THAT(last.columns, ElementsAre(1u));
    EXPECT_FALSE(in.next().value().has_value());
}

TEST(CsvTest, FaultsNameLineAndColumn)
{
    const std::string file = "f.csv";
    EXPECT_EQ(csv_reader(file, "a,\"b").next().error().text(),
              "f.csv:1:3: this quoted field has no closing quote");
    csv_reader in(file, "a\nb,\"c\"d");
    (void)in.next().value();
    EXPECT_EQ(in.next().error().text(),
              "f.csv:2:6: text after the closing quote; quotes inside are doubled");
}

} // namespace
} // namespace cpestorm::model
