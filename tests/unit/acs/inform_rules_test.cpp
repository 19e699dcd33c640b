#include "cwmp/inform_rules.hpp"

#include "stub_cpe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::cwmp {
namespace {

using acs::test::good_inform;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string_view> broken_by(const soap::inform& m)
{
    std::vector<std::string_view> found;
    check_inform(m, found);
    return found;
}

// Deviations of an Inform with these events.
std::vector<std::string_view> broken_by_events(std::vector<soap::event_struct> events)
{
    return broken_by(good_inform("S", std::move(events)));
}

TEST(inform_rules, good_informs_break_none)
{
    EXPECT_THAT(broken_by(good_inform()), IsEmpty());
    EXPECT_THAT(broken_by_events({{"0 BOOTSTRAP", ""}, {"1 BOOT", ""}}), IsEmpty());
    EXPECT_THAT(broken_by_events({{"1 BOOT", ""},
                                  {"7 TRANSFER COMPLETE", ""},
                                  {"M Download", "a"},
                                  {"M Download", "b"},
                                  {"M Reboot", "r"},
                                  {"X 00D09E Own", "k"},
                                  {"M X_00D09E_Own", "k"}}),
                IsEmpty());
    soap::inform retry = good_inform("S", {});
    retry.retry_count = 1;
    EXPECT_THAT(broken_by(retry), IsEmpty()) << "all its events were delivered before";
}

TEST(inform_rules, device_id)
{
    for (const char* oui : {"", "00d09e", "00D09", "00D09E0", "00D09G"}) {
        soap::inform m = good_inform();
        m.device.oui = oui;
        EXPECT_THAT(broken_by(m), ElementsAre("OUI is not six upper-case hex digits")) << oui;
        EXPECT_EQ(identifies_device(m.device), *oui != '\0');
    }
    soap::inform m = good_inform("");
    EXPECT_THAT(broken_by(m), ElementsAre("SerialNumber empty"));
    EXPECT_FALSE(identifies_device(m.device));

    m = good_inform(std::string(65, 's'));
    m.device.product_class = std::string(65, 'p');
    EXPECT_THAT(broken_by(m), ElementsAre("DeviceId field longer than 64 characters"));
    EXPECT_FALSE(identifies_device(m.device));
    m = good_inform();
    m.device.product_class = "";
    for (int i = 0; i < 64; ++i)
        m.device.product_class += "\xC3\xA4"; // characters count, not bytes
    EXPECT_THAT(broken_by(m), IsEmpty());
    EXPECT_TRUE(identifies_device(m.device));
}

TEST(inform_rules, max_envelopes_and_time)
{
    soap::inform m = good_inform();
    m.max_envelopes = 2;
    m.current_time = "yesterday";
    EXPECT_THAT(broken_by(m), ElementsAre("MaxEnvelopes is not 1", "CurrentTime is no dateTime"));
    m = good_inform();
    m.current_time = "0001-01-01T00:01:23"; // time since boot, of a CPE without clock
    EXPECT_THAT(broken_by(m), IsEmpty());
}

TEST(inform_rules, events)
{
    EXPECT_THAT(broken_by_events({}), ElementsAre("Inform without events"));
    EXPECT_THAT(broken_by_events({{"2 periodic", ""}, {"BOOT", ""}}),
                ElementsAre("event code unknown"));
    EXPECT_THAT(broken_by_events({{"1 BOOT", "key"}, {"2 PERIODIC", "key"}}),
                ElementsAre("numbered event with a CommandKey"));
    EXPECT_THAT(broken_by_events({{"1 BOOT", ""}, {"1 BOOT", ""}}),
                ElementsAre("numbered event listed twice"));
    EXPECT_THAT(broken_by_events({{"1 BOOT", ""}, {"M Reboot", std::string(33, 'k')}}),
                ElementsAre("CommandKey longer than 32 characters"));
    const std::vector<soap::event_struct> many(65, {"X 00D09E Own", ""});
    EXPECT_THAT(broken_by_events(many), ElementsAre("more than 64 events"));
}

TEST(inform_rules, m_events_need_their_numbered_event)
{
    EXPECT_THAT(broken_by_events({{"M Reboot", "k"}}), ElementsAre("M Reboot without 1 BOOT"));
    EXPECT_THAT(broken_by_events({{"M ScheduleInform", "k"}}),
                ElementsAre("M ScheduleInform without 3 SCHEDULED"));
    for (const char* code : {"M Download", "M ScheduleDownload", "M Upload"})
        EXPECT_THAT(broken_by_events({{code, "k"}}),
                    ElementsAre("M Download or M Upload without 7 TRANSFER COMPLETE"));
    EXPECT_THAT(broken_by_events({{"M ChangeDUState", "k"}}),
                ElementsAre("M ChangeDUState without 11 DU STATE CHANGE COMPLETE"));
}

TEST(inform_rules, forced_parameters)
{
    soap::inform m = good_inform();
    m.parameters.resize(1);
    m.parameters[0].name = "Device.Other";
    EXPECT_THAT(broken_by(m),
                ElementsAre("Inform without HardwareVersion", "Inform without SoftwareVersion",
                            "Inform without ConnectionRequestURL", "Inform without ParameterKey"));
    for (auto& p : (m = good_inform()).parameters)
        p.name.replace(0, 6, "InternetGatewayDevice");
    EXPECT_THAT(broken_by(m), IsEmpty());
    EXPECT_EQ(root_of(m), "InternetGatewayDevice.");

    for (const char* name : {"Gadget.DeviceInfo.SoftwareVersion", "NoDot", ""}) {
        m.parameters.assign(1, {name, "", soap::value_type::string, true});
        EXPECT_THAT(broken_by(m), ElementsAre("Inform without a root object")) << name;
    }
    m.parameters.clear();
    EXPECT_THAT(broken_by(m), ElementsAre("Inform without a root object"));
}

} // namespace
} // namespace cpestorm::cwmp
