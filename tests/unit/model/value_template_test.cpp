#include "fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using testing::HasSubstr;

std::string expand(std::string_view text, std::vector<std::uint32_t> instances = {})
{
    const auto t = value_template::compile(text);
    if (!t) return t.error().what;
    std::string out;
    t->append(out, fixed_source(), instances);
    return out;
}

TEST(ValueTemplateTest, PlainTextIsConstant)
{
    const auto t = value_template::compile("a {{b}} c").value();
    EXPECT_TRUE(t.is_constant());
    EXPECT_EQ(t.constant(), "a {b} c");
    EXPECT_TRUE(value_template::compile("")->is_constant());
    EXPECT_EQ(value_template::literal("{x").constant(), "{x");
    EXPECT_EQ(value_template::escape("a{b}"), "a{{b}}");
}

TEST(ValueTemplateTest, ExpandsTokens)
{
    EXPECT_EQ(expand("{serial}"), "SN7");
    EXPECT_EQ(expand("x-{serial}-{mac:3}/{uptime}!"), "x-SN7-00:00:00:00:00:03/42!");
    EXPECT_EQ(expand("{mac}"), "00:00:00:00:00:00");
    EXPECT_EQ(expand("{index:09}"), "<0:9>");
    EXPECT_EQ(expand("{{{serial}}}"), "{SN7}");
    EXPECT_TRUE(value_template::compile("{serial}{mac}")->uses(token::mac));
    EXPECT_FALSE(value_template::compile("{serial}")->uses(token::mac));
}

TEST(ValueTemplateTest, ExpandsInstanceNumbers)
{
    EXPECT_EQ(expand("{i}-{i1}-{i2}-{i3}", {4, 7}), "7-4-7-");
    EXPECT_EQ(expand("{i}"), "");
    const auto filled = value_template::compile("{serial}:{i}")
                            .value()
                            .for_instances(std::vector<std::uint32_t>{5});
    EXPECT_FALSE(filled.uses_instances());
    std::string out;
    filled.append(out, fixed_source());
    EXPECT_EQ(out, "SN7:5");
    EXPECT_FALSE(value_template::compile("{i}")->uses(token::index));
}

TEST(ValueTemplateTest, EveryTokenOfTheContractIsKnown)
{
    for (auto name : {"index", "serial", "manufacturer", "oui", "product_class", "mac", "hash:8",
                      "wan_ip", "acs_url", "acs_username", "acs_password", "connection_request_url",
                      "connection_request_username", "connection_request_password",
                      "periodic_inform_interval", "uptime", "current_time"}) {
        const auto t = value_template::compile('{' + std::string(name) + '}');
        ASSERT_TRUE(t.has_value()) << name;
        EXPECT_FALSE(t->is_constant());
    }
}

TEST(ValueTemplateTest, RefusesWhatItDoesNotKnow)
{
    EXPECT_THAT(expand("{serail}"), HasSubstr("did you mean {serial}?"));
    EXPECT_THAT(expand("{\"json\"}"), HasSubstr("write {{ and }}"));
    EXPECT_THAT(expand("{serial"), HasSubstr("'{' without '}'"));
    EXPECT_THAT(expand("serial}"), HasSubstr("'}' without '{'"));
    EXPECT_THAT(expand("{hash}"), HasSubstr("needs a number"));
    EXPECT_THAT(expand("{serial:3}"), HasSubstr("takes no number"));
    for (auto bad : {"{index:0}", "{index:21}", "{hash:65}", "{mac:256}", "{mac:}", "{mac:-1}"})
        EXPECT_THAT(expand(bad), HasSubstr("expected a number from")) << bad;
    EXPECT_THAT(expand("{i0}"), HasSubstr("unknown token"));
    EXPECT_THAT(expand("{}"), HasSubstr("unknown token"));
}

} // namespace
} // namespace cpestorm::model
