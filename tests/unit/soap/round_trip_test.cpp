#include "samples.hpp"

#include "soap/method_names.hpp"

#include <gmock/gmock.h>

#include <set>

namespace cpestorm::soap::test {
namespace {

class round_trip : public testing::TestWithParam<sample> {};

TEST_P(round_trip, keeps_everything_in_every_namespace)
{
    for (const auto ns :
         {cwmp_namespace::cwmp_1_0, cwmp_namespace::cwmp_1_1, cwmp_namespace::cwmp_1_2}) {
        envelope e = GetParam().what;
        e.ns = ns;
        EXPECT_EQ(must_decode(encoded(e)), e);
    }
}

TEST_P(round_trip, has_no_deviation_but_those_meant)
{
    std::set<std::string_view> meant;
    const envelope& e = GetParam().what;
    if (!e.id) meant.insert("ID missing");
    if (const auto* f = std::get_if<fault>(&e.message); f != nullptr && f->code == 0)
        meant.insert("Fault without CWMP detail");
    const std::string xml = encoded(e);
    if (xml.find("<Value>") != xml.npos) meant.insert("xsi:type missing");

    std::vector<std::string_view> deviations;
    (void)must_decode(xml, &deviations); // its value is the other test's business
    EXPECT_THAT(deviations, testing::UnorderedElementsAreArray(meant));
}

std::string name_of(const testing::TestParamInfo<sample>& info)
{
    std::string name = info.param.name;
    std::erase(name, '-');
    return name;
}

INSTANTIATE_TEST_SUITE_P(messages, round_trip, testing::ValuesIn(samples()), name_of);

TEST(samples, cover_every_message)
{
    std::set<std::size_t> seen;
    for (const sample& s : samples())
        seen.insert(s.what.message.index());
    EXPECT_EQ(seen.size(), std::variant_size_v<message>);
}

TEST(rpc, names_and_roles_follow_the_element)
{
    for (const sample& s : samples()) {
        const message& m = s.what.message;
        const std::string_view name = method_name(m);
        if (s.name != "unknown") {
            EXPECT_EQ(name, s.name.substr(0, s.name.find('-')));
        }
        const auto role = name == "Fault"              ? message_role::fault
                          : name.ends_with("Response") ? message_role::response
                                                       : message_role::request;
        EXPECT_EQ(role_of(m), role) << name;
    }
    EXPECT_EQ(role_of(unknown_method{"UploadResponse"}), message_role::response);
    EXPECT_EQ(role_of(unknown_method{"Upload"}), message_role::request);
}

TEST(round_trip, keeps_a_plain_faults_parameters)
{
    envelope e;
    e.id = "1";
    e.message = fault{0, "odd", {{"Device.X", 9005, "no"}}};
    EXPECT_EQ(must_decode(encoded(e)), e);
}

} // namespace
} // namespace cpestorm::soap::test
