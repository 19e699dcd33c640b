#include "base/limits.hpp"
#include "fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using enum value_type;

TEST(TreeChangeTest, ValidationGivesTheFaultOfTr069)
{
    small_device d;
    struct {
        const char* name;
        const char* text;
        std::optional<value_type> given;
        int fault; // 0: accepted
    } const cases[] = {
        {"Device.NAT.PortMapping.1.Port", "8080", unsigned_int, 0},
        {"Device.NAT.PortMapping.1.Port", "8080", std::nullopt, 0},
        {"Device.NAT.PortMapping.1.Port", "8080", string, 0}, // tolerated
        {"Device.NAT.PortMapping.1.Port", "8080", int_, 9006},
        {"Device.NAT.PortMapping.1.Port", "http", unsigned_int, 9007},
        {"Device.NAT.PortMapping.1.Port", "http", string, 9007},
        {"Device.NAT.PortMapping.1.Port", "65536", unsigned_int, 9007},
        {"Device.NAT.PortMapping.1.Port", "-1", unsigned_int, 9007},
        {"Device.NAT.PortMapping.1.Enable", "1", boolean, 0},
        {"Device.NAT.PortMapping.1.Enable", " true ", boolean, 0},
        {"Device.NAT.PortMapping.1.Enable", "True", boolean, 9007},
        {"Device.NAT.PortMapping.1.Enable", "1", unsigned_int, 9006},
        {"Device.Info.UpTime", "1", unsigned_int, 9008},
        {"Device.Info.UpTime", "x", boolean, 9008}, // not writable comes first
        {"Device.Info.Password", "", string, 0},
    };
    for (const auto& c : cases) {
        const auto r = d.tree.validate(d.parameter(c.name), c.text, c.given);
        EXPECT_EQ(r ? 0 : static_cast<int>(r.error()), c.fault) << c.name << " = " << c.text;
    }
    EXPECT_TRUE(d.changes.empty());
}

TEST(TreeChangeTest, ValuesAreStoredInCanonicalForm)
{
    small_device d;
    d.set("Device.NAT.PortMapping.1.Enable", " 0 ");
    EXPECT_EQ(d.get("Device.NAT.PortMapping.1.Enable"), "false");
    d.set("Device.NAT.PortMapping.1.Port", "+0080");
    EXPECT_EQ(d.get("Device.NAT.PortMapping.1.Port"), "80");
    d.set("Device.NAT.PortMapping.1.Enable", "1"); // the defaults again, spelled otherwise
    d.set("Device.NAT.PortMapping.1.Port", "0801");
    EXPECT_TRUE(d.changes.empty());
}

TEST(TreeChangeTest, AddedInstancesHoldTheirOwnValues)
{
    small_device d;
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").value(), 3u);
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").value(), 4u);
    EXPECT_EQ(d.get("Device.NAT.PortMapping.3.Enable"), "false");
    EXPECT_EQ(d.get("Device.NAT.PortMapping.3.Alias"), "cpe-3");
    d.set("Device.NAT.PortMapping.4.Port", "443");
    d.set("Device.NAT.PortMapping.3.Port", "22");
    d.set("Device.NAT.PortMapping.3.Port", "23");
    EXPECT_EQ(d.get("Device.NAT.PortMapping.3.Port"), "23");
    EXPECT_EQ(d.get("Device.NAT.PortMapping.4.Port"), "443");
    d.set("Device.NAT.PortMapping.4.Port", "804"); // its default
    EXPECT_EQ(d.get("Device.NAT.PortMapping.4.Port"), "804");
    EXPECT_EQ(d.get("Device.NAT.PortMappingNumberOfEntries"), "4");
}

TEST(TreeChangeTest, AddObjectRefusesWhatIsNoWritableTable)
{
    small_device d;
    for (auto bad : {"", "Device.", "Device.Info.", "Device.NAT.PortMapping",
                     "Device.NAT.PortMapping.1.", "Device.NAT.PortMapping.1.Port", "Device.None.",
                     "Device.NAT.PortMapping.{i}.", "Device.AP.9.Client."}) {
        const auto r = d.tree.add_object(bad);
        ASSERT_FALSE(r.has_value()) << bad;
        EXPECT_EQ(r.error(), tree_errc::invalid_parameter_name) << bad;
    }
    EXPECT_TRUE(d.changes.empty());
}

TEST(TreeChangeTest, TablesAreLimited)
{
    small_device d;
    EXPECT_TRUE(d.tree.add_object("Device.NAT.PortMapping.").has_value());
    EXPECT_TRUE(d.tree.add_object("Device.NAT.PortMapping.").has_value());
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").error(), tree_errc::resources_exceeded);
    EXPECT_TRUE(d.tree.delete_object("Device.NAT.PortMapping.1.").has_value());
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").value(), 5u);

    for (std::size_t i = 3; i < base::limits::device_instances_added; ++i)
        ASSERT_TRUE(d.tree.add_object("Device.AP.").has_value()) << i;
    EXPECT_EQ(d.tree.add_object("Device.AP.").error(), tree_errc::resources_exceeded);
}

TEST(TreeChangeTest, TheOverlayIsLimited)
{
    small_device d;
    const std::string half(base::limits::device_overlay_bytes / 2, 'x');
    EXPECT_TRUE(d.tree.set(d.parameter("Device.Info-x"), half).has_value());
    EXPECT_EQ(d.tree.set(d.parameter("Device.Info.Password"), half).error(),
              tree_errc::resources_exceeded);
    EXPECT_EQ(d.tree.set_access_list(d.parameter("Device.Info-x"), {half}).error(),
              tree_errc::resources_exceeded);
    EXPECT_EQ(d.get("Device.Info-x"), half);
}

TEST(TreeChangeTest, NumbersAreNeverUsedAgain)
{
    small_device d;
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").value(), 3u);
    EXPECT_TRUE(d.tree.delete_object("Device.NAT.PortMapping.3.").has_value());
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").value(), 4u);
    EXPECT_TRUE(d.tree.delete_object("Device.NAT.PortMapping.2.").has_value());
    EXPECT_TRUE(d.tree.delete_object("Device.NAT.PortMapping.4.").has_value());
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").value(), 5u);
    EXPECT_EQ(d.get("Device.NAT.PortMappingNumberOfEntries"), "2");
}

TEST(TreeChangeTest, DeletingAConcreteInstanceHidesIt)
{
    small_device d;
    d.set("Device.NAT.PortMapping.1.Port", "1");
    d.set("Device.NAT.PortMapping.2.Port", "2");
    d.tree.set_notification(d.parameter("Device.NAT.PortMapping.1.Port"), 1).value();
    ASSERT_TRUE(d.tree.delete_object("Device.NAT.PortMapping.1.").has_value());
    EXPECT_EQ(d.tree.find_parameter("Device.NAT.PortMapping.1.Port"), std::nullopt);
    EXPECT_FALSE(d.tree.has_object("Device.NAT.PortMapping.1."));
    EXPECT_EQ(d.get("Device.NAT.PortMapping.2.Port"), "2");
    EXPECT_EQ(d.get("Device.NAT.PortMappingNumberOfEntries"), "1");
    std::vector<std::string> seen;
    d.tree.for_each_name("Device.NAT.PortMapping.", true,
                         [&](std::string_view name, bool) { seen.emplace_back(name); });
    EXPECT_THAT(seen, testing::ElementsAre("Device.NAT.PortMapping.2."));
    EXPECT_EQ(d.tree.delete_object("Device.NAT.PortMapping.1.").error(),
              tree_errc::invalid_parameter_name);
    d.tree.for_each_parameter(
        "", [](node, std::string_view name) { EXPECT_EQ(name.find("PortMapping.1."), name.npos); });
}

TEST(TreeChangeTest, DeletingTakesWhatIsInsideAlong)
{
    small_device d;
    (void)d.tree.add_object("Device.AP.").value();
    (void)d.tree.add_object("Device.AP.2.Client.").value();
    (void)d.tree.add_object("Device.AP.1.Client.").value();
    d.set("Device.AP.2.Client.1.Id", "x");
    d.set("Device.AP.1.Client.1.Id", "y");
    ASSERT_TRUE(d.tree.delete_object("Device.AP.2.").has_value());
    EXPECT_FALSE(d.tree.has_object("Device.AP.2.Client.1."));
    EXPECT_EQ(d.get("Device.AP.1.Client.1.Id"), "y");
    ASSERT_TRUE(d.tree.delete_object("Device.AP.1.").has_value());
    EXPECT_FALSE(d.tree.has_object("Device.AP.1.Client.1."));
    EXPECT_EQ(d.tree.add_object("Device.AP.1.Client.").error(), tree_errc::invalid_parameter_name);
    EXPECT_EQ(d.tree.add_object("Device.AP.").value(), 3u);
}

TEST(TreeChangeTest, DeleteObjectRefusesWhatItCannotDelete)
{
    small_device d;
    for (auto bad : {"", "Device.", "Device.NAT.PortMapping.", "Device.NAT.PortMapping.3.",
                     "Device.NAT.PortMapping.1", "Device.NAT.PortMapping.1.Port", "Device.Info."}) {
        const auto r = d.tree.delete_object(bad);
        ASSERT_FALSE(r.has_value()) << bad;
        EXPECT_EQ(r.error(), tree_errc::invalid_parameter_name) << bad;
    }
    const auto fixed = built({parameter("Device.T.1.X", string, "")});
    overlay o;
    EXPECT_EQ(tree(*fixed, o, d.source).delete_object("Device.T.1.").error(),
              tree_errc::non_writable_parameter);
}

TEST(TreeChangeTest, NotificationFollowsTheRuleOfTheModel)
{
    small_device d;
    const auto forced = d.parameter("Device.Info.Version"),
               denied = d.parameter("Device.Info.UpTime"),
               active = d.parameter("Device.Info.Serial"), normal = d.parameter("Device.Info-x");
    EXPECT_EQ(d.tree.get_attributes(forced).notification, 2);
    EXPECT_EQ(d.tree.get_attributes(active).notification, 2);
    EXPECT_EQ(d.tree.get_attributes(denied).notification, 0);
    EXPECT_EQ(d.tree.get_attributes(normal).notification, 0);

    EXPECT_EQ(d.tree.set_notification(forced, 0).error(), tree_errc::notification_rejected);
    EXPECT_TRUE(d.tree.set_notification(forced, 2).has_value());
    EXPECT_EQ(d.tree.set_notification(denied, 2).error(), tree_errc::notification_rejected);
    EXPECT_TRUE(d.tree.set_notification(denied, 1).has_value());
    EXPECT_TRUE(d.tree.set_notification(active, 0).has_value());
    EXPECT_TRUE(d.tree.set_notification(normal, 2).has_value());
    EXPECT_EQ(d.tree.set_notification(normal, 7).error(), tree_errc::notification_rejected);
    EXPECT_EQ(d.tree.get_attributes(denied).notification, 1);
    EXPECT_EQ(d.tree.get_attributes(active).notification, 0);
    EXPECT_EQ(d.tree.get_attributes(normal).notification, 2);
    // Back to the defaults, nothing is left.
    d.tree.set_notification(denied, 0).value();
    d.tree.set_notification(active, 2).value();
    d.tree.set_notification(normal, 0).value();
    EXPECT_TRUE(d.changes.empty());
}

TEST(TreeChangeTest, AccessLists)
{
    small_device d;
    const auto n = d.parameter("Device.Info-x");
    EXPECT_THAT(d.tree.get_attributes(n).access_list, testing::ElementsAre("Subscriber"));
    d.tree.set_access_list(n, {}).value();
    d.tree.set_notification(n, 1).value();
    EXPECT_THAT(d.tree.get_attributes(n).access_list, testing::IsEmpty());
    EXPECT_EQ(d.tree.get_attributes(n).notification, 1);
    d.tree.set_access_list(n, {"Subscriber"}).value();
    d.tree.set_notification(n, 0).value();
    EXPECT_TRUE(d.changes.empty());
}

TEST(TreeChangeTest, NewInstancesStartWithDefaultAttributes)
{
    small_device d;
    (void)d.tree.add_object("Device.NAT.PortMapping.").value();
    d.tree.set_notification(d.parameter("Device.NAT.PortMapping.3.Port"), 2).value();
    d.tree.delete_object("Device.NAT.PortMapping.3.").value();
    (void)d.tree.add_object("Device.NAT.PortMapping.").value();
    EXPECT_EQ(d.tree.get_attributes(d.parameter("Device.NAT.PortMapping.4.Port")).notification, 0);
}

} // namespace
} // namespace cpestorm::model
