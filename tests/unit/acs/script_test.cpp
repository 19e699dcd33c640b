#include "acs/script.hpp"

#include "base/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::acs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

script must_parse(std::string_view json)
{
    auto parsed = script::parse("s.json", json);
    EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().text());
    return parsed ? std::move(*parsed) : script();
}

// The only step of a script, filled in.
soap::message only_step(std::string step_json, std::uint32_t instance = 0)
{
    const script s = must_parse("{\"on\": {\"*\": [" + std::move(step_json) + "]}}");
    const auto steps = s.steps_for({});
    EXPECT_FALSE(steps.empty());
    return steps.empty() ? soap::message() : fill_in(steps.back(), {"Device.", instance});
}

TEST(script, every_rpc)
{
    EXPECT_EQ(only_step(R"({"rpc": "GetRPCMethods"})"), soap::message(soap::get_rpc_methods{}));
    EXPECT_EQ(only_step(R"({"rpc": "GetParameterNames", "path": "{root}", "next_level": true})"),
              soap::message(soap::get_parameter_names{"Device.", true}));
    EXPECT_EQ(only_step(R"({"rpc": "GetParameterNames", "path": ""})"),
              soap::message(soap::get_parameter_names{"", false}));
    EXPECT_EQ(only_step(R"({"rpc": "GetParameterValues", "names": ["{root}A.", "B"]})"),
              soap::message(soap::get_parameter_values{{"Device.A.", "B"}}));
    EXPECT_EQ(only_step(R"({"rpc": "SetParameterValues", "parameter_key": "k", "parameters":
                            {"{root}A": {"value": "1", "type": "unsignedInt"},
                             "{root}B": {"value": "{root}A"}}})"),
              soap::message(soap::set_parameter_values{
                  {{"Device.A", "1", soap::value_type::unsigned_int, true},
                   {"Device.B", "Device.A", soap::value_type::string, true}},
                  "k"}));
    EXPECT_EQ(only_step(R"({"rpc": "SetParameterAttributes",
                            "parameters": {"{root}A": {"notification": 2}}})"),
              soap::message(soap::set_parameter_attributes{{{"Device.A", true, 2, false, {}}}}));
    EXPECT_EQ(only_step(R"({"rpc": "GetParameterAttributes", "names": ["{root}A"]})"),
              soap::message(soap::get_parameter_attributes{{"Device.A"}}));
    EXPECT_EQ(only_step(R"({"rpc": "AddObject", "object": "{root}T.", "parameter_key": "k"})"),
              soap::message(soap::add_object{"Device.T.", "k"}));
    EXPECT_EQ(only_step(R"({"rpc": "DeleteObject", "object": "{root}T.1."})"),
              soap::message(soap::delete_object{"Device.T.1.", ""}));
    EXPECT_EQ(only_step(R"({"rpc": "Reboot", "command_key": "r"})"),
              soap::message(soap::reboot{"r"}));
    EXPECT_EQ(only_step(R"({"rpc": "FactoryReset"})"), soap::message(soap::factory_reset{}));
    EXPECT_EQ(only_step(R"({"rpc": "Download", "command_key": "d", "url": "http://h/f",
                            "file_type": "1 Firmware Upgrade Image", "username": "u",
                            "password": "p", "file_size": 9, "target_file_name": "t",
                            "delay_seconds": 7, "success_url": "s", "failure_url": "f"})"),
              soap::message(soap::download{"d", "1 Firmware Upgrade Image", "http://h/f", "u", "p",
                                           9, "t", 7, "s", "f"}));
}

TEST(script, instance_of_the_last_add_object)
{
    constexpr const char* add = R"({"rpc": "AddObject", "object": "{root}T."}, )";
    EXPECT_EQ(
        only_step(std::string(add) + R"({"rpc": "DeleteObject", "object": "{root}T.{instance}."})",
                  12),
        soap::message(soap::delete_object{"Device.T.12.", ""}));
    EXPECT_EQ(only_step(std::string(add) + R"({"rpc": "SetParameterValues", "parameters":
                            {"{root}T.{instance}.A": {"value": "{instance}{instance}"}}})",
                        3),
              soap::message(soap::set_parameter_values{
                  {{"Device.T.3.A", "33", soap::value_type::string, true}}, ""}));
}

TEST(script, text_put_in_is_not_filled_in_again)
{
    const step s{soap::get_parameter_names{"{root}{root}", false}, {}};
    EXPECT_EQ(fill_in(s, {"{root}.", 0}),
              soap::message(soap::get_parameter_names{"{root}.{root}.", false}));
}

// The name of the first requested path: tells lists of steps apart.
std::string first_name(const script& s, std::vector<soap::event_struct> events)
{
    const auto steps = s.steps_for(events);
    if (steps.empty()) return "";
    return std::get<soap::get_parameter_values>(steps.front().request).names.front();
}

TEST(script, first_event_with_a_key_decides)
{
    const script s = must_parse(R"({"on": {
        "1 BOOT": [{"rpc": "GetParameterValues", "names": ["boot"]}],
        "*": [{"rpc": "GetParameterValues", "names": ["any"]}],
        "0 BOOTSTRAP": [{"rpc": "GetParameterValues", "names": ["bootstrap"]}],
        "2 PERIODIC": [],
        "X 00D09E Own": [{"rpc": "GetParameterValues", "names": ["own"]}]}})");
    EXPECT_EQ(first_name(s, {{"0 BOOTSTRAP", ""}, {"1 BOOT", ""}}), "bootstrap");
    EXPECT_EQ(first_name(s, {{"1 BOOT", ""}, {"0 BOOTSTRAP", ""}}), "boot");
    EXPECT_EQ(first_name(s, {{"4 VALUE CHANGE", ""}, {"1 BOOT", ""}}), "boot");
    EXPECT_EQ(first_name(s, {{"4 VALUE CHANGE", ""}}), "any");
    EXPECT_EQ(first_name(s, {{"X 00D09E Own", ""}}), "own");
    EXPECT_EQ(first_name(s, {}), "any") << "a retry without events";
    EXPECT_EQ(first_name(s, {{"2 PERIODIC", ""}}), "") << "an empty list is a list";
    EXPECT_EQ(first_name(script(), {{"2 PERIODIC", ""}}), "");
}

TEST(script, built_in_parses_and_asks_nothing_of_periodic_informs)
{
    const auto s = script::built_in();
    const std::vector<soap::event_struct> bootstrap{{"0 BOOTSTRAP", ""}};
    const std::vector<soap::event_struct> periodic{{"2 PERIODIC", ""}};
    EXPECT_EQ(s->steps_for(bootstrap).size(), 7u);
    EXPECT_TRUE(s->steps_for(periodic).empty());
}

TEST(script, documented_example_parses)
{
    const std::string doc = std::string(CPESTORM_SOURCE_DIR) + "/docs/acs-script.md";
    const auto text = base::read_file(doc, 1 << 20);
    ASSERT_TRUE(text) << text.error().text();
    const auto begin = text->find("```json\n");
    ASSERT_NE(begin, std::string::npos);
    const auto json = text->substr(begin + 8, text->find("\n```", begin) - begin - 8);
    const script s = must_parse(json);
    const std::vector<soap::event_struct> bootstrap{{"0 BOOTSTRAP", ""}};
    EXPECT_FALSE(s.steps_for(bootstrap).empty());
}

TEST(script, load_names_the_file)
{
    const auto missing = script::load("/nonexistent/script.json");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().text(), HasSubstr("/nonexistent/script.json"));
}

// --- faults in what the user wrote
// ------------------------------------------------------------------

struct mistake {
    const char* name;
    const char* json;
    const char* complaint; // beginning of the diagnostic's text
};

std::ostream& operator<<(std::ostream& out, const mistake& m)
{
    return out << m.name;
}

class script_mistake : public testing::TestWithParam<mistake> {};

TEST_P(script_mistake, is_told_with_line_and_column)
{
    const auto parsed = script::parse("s.json", GetParam().json);
    ASSERT_FALSE(parsed);
    EXPECT_THAT(parsed.error().text(), testing::StartsWith(GetParam().complaint));
}

const std::vector<mistake> mistakes{

    mistake{"no_json", "{", "s.json:1:"},
    mistake{"no_object", "[]", "s.json:1:1: "},
    mistake{"no_on", "{}", "s.json:1:1: \"on\" is missing"},
    mistake{"on_is_no_object", R"({"on": []})", "s.json:1:8: expected an object"},
    mistake{"unknown_top_key", "{\"on\": {},\n \"onn\": 1}", "s.json:2:2: "},
    mistake{"unknown_event", "{\"on\": {\n  \"2 PERODIC\": []}}",
            "s.json:2:3: unknown event \"2 PERODIC\"; did you mean \"2 PERIODIC\"?"},
    mistake{"steps_are_no_array", R"({"on": {"*": {}}})",
            "s.json:1:14: expected an array of steps"},
    mistake{"step_is_no_object", R"({"on": {"*": [1]}})", "s.json:1:15: expected a step"},
    mistake{"no_rpc", R"({"on": {"*": [{}]}})", "s.json:1:15: \"rpc\" is missing"},
    mistake{"unknown_rpc", "{\"on\": {\"*\": [\n{\"rpc\": \"Rebot\"}]}}",
            "s.json:2:9: unknown rpc \"Rebot\"; did you mean \"Reboot\"?"},
    mistake{"unknown_argument", R"({"on": {"*": [{"rpc": "Reboot", "command_kye": "x"}]}})",
            "s.json:1:33: "},
    mistake{"argument_of_wrong_kind", R"({"on": {"*": [{"rpc": "Reboot", "command_key": 1}]}})",
            "s.json:1:48: "},
    mistake{"argument_missing", R"({"on": {"*": [{"rpc": "AddObject"}]}})",
            "s.json:1:15: \"object\" is missing"},
    mistake{"key_too_long",
            R"({"on": {"*": [{"rpc": "Reboot",
                   "command_key": "123456789012345678901234567890123"}]}})",
            "s.json:2:35: longer than 32 characters"},
    mistake{"no_names", R"({"on": {"*": [{"rpc": "GetParameterValues", "names": []}]}})",
            "s.json:1:54: expected an array of at least one path"},
    mistake{"no_parameters", R"({"on": {"*": [{"rpc": "SetParameterValues", "parameters": {}}]}})",
            "s.json:1:59: expected an object of at least one path"},
    mistake{"value_missing",
            R"({"on": {"*": [{"rpc": "SetParameterValues", "parameters": {"A": {}}}]}})",
            "s.json:1:65: \"value\" is missing"},
    mistake{"unknown_type",
            R"({"on": {"*": [{"rpc": "SetParameterValues",
                   "parameters": {"A": {"value": "1", "type": "uint"}}}]}})",
            "s.json:2:63: expected a type"},
    mistake{"notification_out_of_range",
            R"({"on": {"*": [{"rpc": "SetParameterAttributes",
                   "parameters": {"A": {"notification": 7}}}]}})",
            "s.json:2:57: "},
    mistake{"flag_of_wrong_kind",
            R"({"on": {"*": [{"rpc": "GetParameterNames", "path": "", "next_level": 1}]}})",
            "s.json:1:70: "},
    mistake{"number_out_of_range",
            R"({"on": {"*": [{"rpc": "Download", "file_type": "1", "url": "u",
                   "delay_seconds": -1}]}})",
            "s.json:2:37: "},
    mistake{"fault_of_an_acs", R"({"on": {"*": [{"rpc": "Reboot", "expect_fault": 8000}]}})",
            "s.json:1:49: "},
    mistake{"unknown_placeholder",
            R"({"on": {"*": [{"rpc": "GetParameterValues", "names": ["{rot}A"]}]}})",
            "s.json:1:55: unknown placeholder"},
    mistake{"unknown_placeholder_in_key",
            R"({"on": {"*": [{"rpc": "SetParameterValues",
                   "parameters": {"{rot}A": {"value": "1"}}}]}})",
            "s.json:2:35: unknown placeholder"},
    mistake{"instance_of_nothing",
            R"({"on": {"*": [{"rpc": "DeleteObject", "object": "{root}T.{instance}."}]}})",
            "s.json:1:49: {instance} needs an AddObject before it"},
    mistake{"duplicate_event", R"({"on": {"*": [], "*": []}})", "s.json:1:18: "}};

std::string name_of(const testing::TestParamInfo<mistake>& tested)
{
    return tested.param.name;
}

INSTANTIATE_TEST_SUITE_P(all, script_mistake, testing::ValuesIn(mistakes), name_of);

} // namespace
} // namespace cpestorm::acs
