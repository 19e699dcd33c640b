#include "base/text.hpp"
#include "fixture.hpp"
#include "model/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A profile with these objects and parameters.
std::string with(std::string_view objects, std::string_view parameters)
{
    return R"({"name": "t", "identity": {"manufacturer": "M", "oui": "00D09E",
 "product_class": "P", "serial": "S{index:05}"},
"objects": )" +
           std::string(objects) + ",\n\"parameters\": " + std::string(parameters) + "}";
}

std::string fault(std::string_view json)
{
    const auto p = parse_profile("p.json", json);
    return p ? "no fault" : p.error().text();
}

std::string value(const schema& s, std::string_view path)
{
    std::string out;
    const auto r = s.find(path);
    if (r == no_row) return "(no such row)";
    s.value(r).append(out, fixed_source());
    return out;
}

TEST(ProfileTest, TheExampleOfTheGuideLoads)
{
    const auto guide = base::read_file(CPESTORM_SOURCE_DIR "/docs/profiles.md", 1 << 20).value();
    const auto begin = guide.find("```json\n") + 8;
    const auto p = parse_profile("example", guide.substr(begin, guide.find("```", begin) - begin));
    ASSERT_TRUE(p.has_value()) << p.error().text();
    const auto& s = *(*p)->schema;
    EXPECT_EQ((*p)->name, "example-gateway");
    EXPECT_EQ((*p)->periodic_inform_interval, std::chrono::seconds(600));
    EXPECT_EQ(value(s, "Device.WiFi.SSID.1.SSID"), "Home-1");
    EXPECT_EQ(value(s, "Device.WiFi.SSID.2.SSID"), "Guest");
    EXPECT_TRUE(s.writable(s.find("Device.WiFi.SSID.2.SSID")));
    EXPECT_EQ(s.forced_inform().size(), 3u);
}

TEST(ProfileTest, TemplatesMakeInstances)
{
    const auto p = parse_profile(
        "p.json", with(
                      R"({"Device.A.": {"writable": true, "instances": 2, "max_instances": 9},
            "Device.A.{i}.B.": {"instances": 1}, "Device.A.2.B.": {"instances": 3}})",
                      R"({"Device.A.{i}.N": {"type": "unsignedInt", "value": "1{i}",
                "writable": true, "max": 50},
            "Device.A.{i}.B.{i}.V": "{i1}.{i2}", "Device.A.2.N": "7",
            "Device.A.5.N": {"value": "8"},
            "Device.A.1.B.4.V": "four"})"));
    ASSERT_TRUE(p.has_value()) << p.error().text();
    const auto& s = *(*p)->schema;
    EXPECT_EQ(value(s, "Device.A.1.N"), "11");
    EXPECT_EQ(value(s, "Device.A.2.N"), "7");
    EXPECT_EQ(value(s, "Device.A.5.N"), "8"); // mentioned, so it is there, with all of its template
    EXPECT_EQ(value(s, "Device.A.5.B.1.V"), "5.1");
    EXPECT_EQ(value(s, "Device.A.2.B.3.V"), "2.3");
    EXPECT_EQ(value(s, "Device.A.1.B.4.V"), "four");
    EXPECT_EQ(s.find("Device.A.3."), no_row);
    EXPECT_EQ(s.find("Device.A.1.B.2."), no_row);
    EXPECT_TRUE(s.writable(s.find("Device.A.2.N")));
    EXPECT_EQ(s.facets_of(s.find("Device.A.2.N")).max, 50);
    EXPECT_EQ(s.type(s.find("Device.A.5.N")), value_type::unsigned_int);
    EXPECT_TRUE(s.writable(s.find("Device.A.1.")));
    EXPECT_EQ(s.max_instances(s.find("Device.A.")), 9u);
}

TEST(ProfileTest, EveryPropertyOfAParameterIsRead)
{
    const auto p = parse_profile("p.json", with("{}", R"({
        "Device.S": {"value": "a,b", "list": true, "enum": ["a", "b"], "min_length": 1,
                     "max_length": 9, "hidden": true, "inform": true, "notify": "can_deny"},
        "Device.N": {"type": "xsd:int", "min": -5, "max": 5, "value": "-5"}})"));
    ASSERT_TRUE(p.has_value()) << p.error().text();
    const auto& s = *(*p)->schema;
    const auto r = s.find("Device.S");
    const facets expected{
        .min_length = 1, .max_length = 9, .enumeration = {"a", "b"}, .list = true};
    EXPECT_EQ(s.facets_of(r), expected);
    EXPECT_TRUE(s.hidden(r));
    EXPECT_EQ(s.notify(r), notify_rule::can_deny);
    EXPECT_EQ(s.forced_inform(), std::vector<row_id>{r});
    EXPECT_EQ(s.facets_of(s.find("Device.N")).min, -5);
}

TEST(ProfileTest, FaultsNamePlaceAndRemedy)
{
    const std::pair<std::string, const char*> cases[] = {
        {with("{}", "{\"Device.X\": {\"tpye\": \"int\"}}"),
         "p.json:4:29: unknown key \"tpye\"; did you mean \"type\"?"},
        {with("{}", "{\"Device.X\": {\"type\": \"integer\"}}"),
         "p.json:4:37: expected string, int,"},
        {with("{}", "{\"Device.X\": 5}"), "p.json:4:28: expected a value in quotes or an object"},
        {with("{}", "{\"Device.X\": {\"writable\": \"yes\"}}"),
         "p.json:4:41: expected true or false"},
        {with("{}", "{\"Device.X\": {\"notify\": \"on\"}}"), "p.json:4:39: expected normal,"},
        {with("{}", "{\"Device.X\": {\"enum\": \"a\"}}"), "p.json:4:37: expected an array"},
        {with("{}", "{\"Device.X\": \"{serail}\"}"),
         "p.json:4:16: Device.X: value: {serail}: unknown token"},
        {with("{}", "{\"Device.X\": {\"type\": \"boolean\", \"value\": \"on\"}}"),
         "p.json:4:16: Device.X: the value 'on'"},
        {with("{}", "{\"Device.X\": \"\",\n \"Device.X\": \"\"}"), "p.json:5:2: duplicate key"},
        {with("{}", "{\"Device.X.\": \"\"}"), "p.json:4:16: a parameter's path"},
        {with("{}", "{\"Device.X y\": \"\"}"), "p.json:4:16: \"Device.X y\": 'X y' is no name"},
        {with("{\"Device.X\": {}}", "{}"), "p.json:3:13: an object's path"},
        {with("{\"Device.X.1.\": {\"instances\": 2}}", "{}"), "p.json:3:42: belongs to the table"},
        {with("{\"Device.X.\": {\"instances\": -1}}", "{}"),
         "p.json:3:40: expected a whole number"},
        {with("{\"Device.X.\": {\"instance\": 1}}", "{}"),
         "p.json:3:27: unknown key \"instance\"; did you mean \"instances\"?"},
        {with("{}", "{\"Device.A.{i}.Name\": \"\", \"Device.A.1.Nmae\": \"x\"}"),
         "p.json:4:41: not in the template \"Device.A.{i}.\"; did you mean \"Name\"?"},
        {with("[]", "{}"), "p.json:3:12: expected an object"},
        {with("{}", "{}"), "p.json: no parameters"},
        {"{\"name\": \"t\", \"paramters\": {}}",
         "p.json:1:15: unknown key \"paramters\"; did you mean \"parameters\"?"},
        {"{\"identity\": {}}", "p.json:1:1: \"name\" is missing"},
        {"{\"name\": \"t\"}", "p.json:1:1: \"identity\" is missing"},
        {"[]", "p.json:1:1: expected an object"},
        {"{", "p.json:1:1: "},
    };
    for (const auto& [json, expected] : cases)
        EXPECT_THAT(fault(json), StartsWith(expected)) << json;
}

TEST(ProfileTest, TheIdentityMustBeUsable)
{
    const auto identity = [](std::string_view oui, std::string_view serial) {
        return fault(R"({"name": "t", "identity": {"manufacturer": "M", "oui": ")" +
                     std::string(oui) + R"(", "product_class": "", "serial": ")" +
                     std::string(serial) + R"("}, "parameters": {"Device.X": ""}})");
    };
    EXPECT_EQ(identity("00D09E", "{mac}"), "no fault");
    for (auto oui : {"00d09e", "00D09", "00D09E0", "00D09G", ""})
        EXPECT_THAT(identity(oui, "{index}"), HasSubstr("six upper-case hex digits")) << oui;
    EXPECT_THAT(identity("00D09E", "fixed"), HasSubstr("must differ between devices"));
    EXPECT_THAT(identity("00D09E", "{index}{serial}"), HasSubstr("cannot contain"));
    EXPECT_THAT(identity("00D09E", "{indx}"), HasSubstr("did you mean {index}"));
}

TEST(ProfileTest, TheIntervalIsWholeSeconds)
{
    const auto interval = [](const std::string& text) {
        auto json = with("{}", "{\"Device.X\": \"\"}");
        return fault(json.insert(1, "\"periodic_inform_interval\": " + text + ", "));
    };
    EXPECT_EQ(interval("\"1h30m\""), "no fault");
    EXPECT_THAT(interval("\"300\""), HasSubstr("has no unit"));
    EXPECT_THAT(interval("300"), HasSubstr("expected a string, not a number"));
    EXPECT_THAT(interval("\"1500ms\""), HasSubstr("whole seconds"));
    EXPECT_THAT(interval("\"0s\""), HasSubstr("whole seconds"));
}

TEST(ProfileTest, InstancesAreBounded)
{
    EXPECT_THAT(
        fault(with(
            "{\"Device.A.\": {\"instances\": 10000}, \"Device.A.{i}.B.\": {\"instances\": 10000}}",
            "{\"Device.A.{i}.B.{i}.V\": \"\"}")),
        HasSubstr("make more than 100000"));
}

} // namespace
} // namespace cpestorm::model
