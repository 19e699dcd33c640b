#include "base/json_writer.hpp"

#include "base/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace cpestorm::base {
namespace {

void write_sample(json_writer& w)
{
    w.begin_object().field("a", 1).key("b").begin_array().value("x").value(true).null();
    w.begin_object().end_object().begin_array().end_array().end_array();
    w.key("c").begin_object().field("d", -2).field("e", 0.5).end_object().end_object();
}

TEST(JsonWriterTest, WritesOneLine)
{
    std::string out;
    json_writer w(out);
    write_sample(w);
    EXPECT_EQ(out, R"({"a":1,"b":["x",true,null,{},[]],"c":{"d":-2,"e":0.5}})");
}

TEST(JsonWriterTest, Indents)
{
    std::string out;
    json_writer w(out, 2);
    write_sample(w);
    EXPECT_EQ(out, R"({
  "a": 1,
  "b": [
    "x",
    true,
    null,
    {},
    []
  ],
  "c": {
    "d": -2,
    "e": 0.5
  }
})");
}

TEST(JsonWriterTest, EscapesTextAndRepairsUtf8)
{
    std::string out;
    json_writer(out).value(std::string_view("\"\\/\n\r\t\0\x1F\x7F\xC3\xA4\xFF-\xC3", 14));
    EXPECT_EQ(out, "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\x7F\xC3\xA4\xEF\xBF\xBD-\xEF\xBF\xBD\"");
}

TEST(JsonWriterTest, WritesNumbersThatReadBackEqual)
{
    std::string out;
    json_writer w(out);
    w.begin_array();
    w.value(std::numeric_limits<std::int64_t>::min());
    w.value(std::numeric_limits<std::uint64_t>::max());
    w.value(0.1).value(1e300).value(-0.0).value(5.0);
    w.value(std::nan("")).value(HUGE_VAL);
    w.end_array();
    EXPECT_EQ(out, "[-9223372036854775808,18446744073709551615,0.1,1e+300,-0,5,null,null]");
    const auto doc = json::document::parse("t", out);
    ASSERT_TRUE(doc.has_value()) << doc.error().text();
    EXPECT_EQ(doc->root().element(2).as_double().value(), 0.1);
    EXPECT_EQ(doc->root().element(3).as_double().value(), 1e300);
}

} // namespace
} // namespace cpestorm::base
