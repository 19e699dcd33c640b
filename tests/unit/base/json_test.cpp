#include "base/json.hpp"

#include "base/limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::base::json {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

document parsed(std::string_view text)
{
    auto d = document::parse("t.json", text);
    if (!d) throw std::runtime_error(d.error().text());
    return std::move(*d);
}

std::string fault(std::string_view text)
{
    const auto d = document::parse("t.json", text);
    return d ? "no fault" : d.error().text();
}

TEST(JsonTest, ReadsEveryKind)
{
    const auto d = parsed("\xEF\xBB\xBF"
                          R"( {"s": "a\u00e4\n\"", "n": -12, "x": 2.5e3, "t": true,
        "f": false, "z": null, "a": [1, [2], {}], "o": {"k": "v"}, "": ""} )");
    const auto root = d.root();
    ASSERT_TRUE(root.is(kind::object));
    EXPECT_EQ(root.size(), 9u);
    EXPECT_EQ(root.find("s")->as_string().value(), "a\xC3\xA4\n\"");
    EXPECT_EQ(root.find("n")->as_int(-100, 100).value(), -12);
    EXPECT_EQ(root.find("n")->as_double().value(), -12.0);
    EXPECT_EQ(root.find("x")->as_double().value(), 2500.0);
    EXPECT_TRUE(root.find("t")->as_bool().value());
    EXPECT_FALSE(root.find("f")->as_bool().value());
    EXPECT_TRUE(root.find("z")->is(kind::null));
    EXPECT_EQ(root.find("a")->size(), 3u);
    EXPECT_EQ(root.find("a")->element(1).element(0).as_int(0, 9).value(), 2);
    EXPECT_EQ(root.find("a")->element(2).size(), 0u);
    EXPECT_EQ(root.find("o")->find("k")->as_string().value(), "v");
    EXPECT_EQ(root.find("")->as_string().value(), "");
    EXPECT_EQ(root.find("none"), std::nullopt);
    EXPECT_EQ(root.find("s")->find("s"), std::nullopt);
    EXPECT_EQ(root.key(1), "n");
}

TEST(JsonTest, ReadsScalarDocuments)
{
    EXPECT_EQ(parsed("\"x\"").root().as_string().value(), "x");
    EXPECT_EQ(parsed(" 5 ").root().as_int(0, 9).value(), 5);
    EXPECT_TRUE(parsed("true").root().as_bool().value());
    EXPECT_TRUE(parsed("null").root().is(kind::null));
    EXPECT_EQ(parsed("[]").root().size(), 0u);
}

TEST(JsonTest, FaultsNameLineAndColumn)
{
    const std::pair<std::string, const char*> cases[] = {
        {"", "t.json:1:1: the document is empty"},
        {" \n ", "t.json:1:1: the document is empty"},
        {"{\"a\": 1,\n \"a\": 2}", "t.json:2:2: duplicate key \"a\""},
        {"{\"b\":{\"a\": 1, \"\\u0061\": 2}}", "t.json:1:15: duplicate key \"a\""},
        {"{} x", "t.json:1:4: the document does not end with"},
        {"[1]\n]", "t.json:2:1: "},
        {"{}\n{}", "t.json:2:1: "},
        {"[\"a\xFF\"]", "t.json:1:4: invalid UTF-8"},
        {"[\"a\n\"]", "t.json:1:4: control character"},
        {"[\n  \"abc]", "t.json:2:3: this string has no closing quote"},
        {"[\"\\x\"]", "t.json:1:2: bad escape sequence"},
        {"[\"\\ud800\"]", "t.json:1:2: bad escape sequence"},
        {"{\"\\q\": 1}", "t.json:1:2: bad escape sequence"},
        {"[1,\n 01]", "t.json:2:2: not a JSON number"},
        {"[1, 1e999]", "t.json:1:5: not a JSON number"},
        {"[tru]", "t.json:1:2: expected a value"},
        {"[nul]", "t.json:1:2: expected a value"},
        {"[True]", "t.json:1:2: "},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_THAT(fault(text), StartsWith(expected)) << text;
}

TEST(JsonTest, StructuralFaultsPointAtTheirLine)
{
    // simdjson does not tell the exact place of these; the line is what a user needs.
    const std::pair<std::string, const char*> cases[] = {
        {"{\n \"a\": 1\n \"b\": 2\n}", "t.json:3:"},
        {"{\n \"a\" 1\n}", "t.json:2:"},
        {"[\n 1\n 2\n]", "t.json:3:"},
        {"[\n 1,\n]", "t.json:3:"},
        {"{\n \"a\": 1,\n}", "t.json:3:"},
        {"{\n a: 1\n}", "t.json:2:"},
        {"{\n \"a\": }", "t.json:2:"},
        {"[\n 1 }", "t.json:2:"},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_THAT(fault(text), StartsWith(expected)) << text;
    for (auto text :
         {"{\"a\": [1, 2}", "[1, 2", "{\"a\": 1", "{", "[", "}", "]", ",", "{\"a\"",
          "{\"a\":", "[[1]", "1 2", "\"a\" \"b\"", "true false", "[,1]", "{,}", "[1,,2]"})
        EXPECT_THAT(fault(text), StartsWith("t.json:1:")) << text;
}

TEST(JsonTest, DepthIsLimited)
{
    const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
    EXPECT_EQ(fault(nested(limits::json_depth)), "no fault");
    EXPECT_THAT(fault(nested(limits::json_depth + 2)), HasSubstr("nested deeper than 64"));
    EXPECT_THAT(fault(nested(100'000)), HasSubstr("nested deeper than 64"));
}

TEST(JsonTest, TypedAccessSaysWhatWasExpected)
{
    const auto d = parsed("{\"n\": 70000,\n \"s\": \"x\", \"h\": 1.5, \"b\": true}");
    const auto root = d.root();
    EXPECT_EQ(root.find("n")->as_int(1, 65535).error().text(),
              "t.json:1:7: expected a whole number from 1 to 65535, not 70000");
    EXPECT_EQ(root.find("h")->as_int(0, 9).error().text(),
              "t.json:2:17: expected a whole number from 0 to 9, not 1.5");
    EXPECT_EQ(root.find("s")->as_bool().error().text(),
              "t.json:2:7: expected true or false, not a string");
    EXPECT_EQ(root.find("b")->as_string().error().text(),
              "t.json:2:27: expected a string, not a boolean");
    EXPECT_EQ(root.find("s")->as_double().error().text(),
              "t.json:2:7: expected a number, not a string");
    EXPECT_EQ(root.as_string().error().text(), "t.json:1:1: expected a string, not an object");
}

TEST(JsonTest, ExpectKeysNamesTheUnknownOneAndItsNeighbour)
{
    const auto d = parsed("{\"$comment\": \"c\", \"name\": 1,\n  \"paramters\": {}}");
    EXPECT_EQ(d.root().expect_keys({"name", "parameters"}).error().text(),
              "t.json:2:3: unknown key \"paramters\"; did you mean \"parameters\"?");
    EXPECT_EQ(d.root().expect_keys({"name"}).error().text(),
              "t.json:2:3: unknown key \"paramters\"");
    EXPECT_TRUE(d.root().expect_keys({"name", "paramters"}).has_value());
    EXPECT_FALSE(d.root().find("name")->expect_keys({}).has_value());
}

TEST(JsonTest, AFileThatIsNotThereIsNamed)
{
    EXPECT_THAT(document::load("/no/such/file.json", 100).error().text(),
                StartsWith("/no/such/file.json: cannot open"));
}

} // namespace
} // namespace cpestorm::base::json
