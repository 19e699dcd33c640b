#include "fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> parameters(const tree& t, std::string_view path)
{
    std::vector<std::string> out;
    t.for_each_parameter(path, [&](node n, std::string_view name) {
        EXPECT_EQ(t.path(n), name);
        EXPECT_EQ(t.find_parameter(name), n);
        out.emplace_back(name);
    });
    return out;
}

// "W" after a path marks a writable one.
std::vector<std::string> names(const tree& t, std::string_view path, bool next_level)
{
    std::vector<std::string> out;
    const bool found = t.for_each_name(path, next_level, [&](std::string_view name, bool writable) {
        out.push_back(std::string(name) + (writable ? " W" : ""));
    });
    if (!found) out.push_back("not found");
    return out;
}

TEST(TreeTest, ReadsDefaultsAndComputedValues)
{
    small_device d;
    EXPECT_EQ(d.get("Device.Info.Serial"), "SN7");
    EXPECT_EQ(d.get("Device.Info.UpTime"), "42");
    EXPECT_EQ(d.get("Device.Info.Version"), "1.0");
    EXPECT_EQ(d.get("Device.NAT.PortMapping.2.Port"), "802");
    EXPECT_EQ(d.get("Device.NAT.PortMapping.2.Alias"), "cpe-2");
    EXPECT_EQ(d.get("Device.NAT.PortMappingNumberOfEntries"), "2");
    EXPECT_EQ(d.get("Device.AP.1.ClientNumberOfEntries"), "0");
    EXPECT_TRUE(d.changes.empty());
}

TEST(TreeTest, HiddenParametersReadAsNothing)
{
    small_device d;
    EXPECT_EQ(d.get("Device.Info.Password"), "");
    EXPECT_EQ(d.tree.value_of("Device.Info.Password", true), "secret");
    d.set("Device.Info.Password", "new");
    EXPECT_EQ(d.get("Device.Info.Password"), "");
    EXPECT_EQ(d.tree.value_of("Device.Info.Password", true), "new");
}

TEST(TreeTest, FindsParametersByFullNameOnly)
{
    small_device d;
    for (auto bad : {"", "Device.", "Device.Info.", "Device.Info", "device.Info.UpTime",
                     "Device.Info.UpTime.", "Device.NAT.PortMapping.3.Port",
                     "Device.NAT.PortMapping.{i}.Port", "Device.NAT.PortMapping.01.Port", "x"})
        EXPECT_EQ(d.tree.find_parameter(bad), std::nullopt) << bad;
    for (auto good :
         {"", "Device.", "Device.NAT.PortMapping.", "Device.NAT.PortMapping.1.", "Device.Empty."})
        EXPECT_TRUE(d.tree.has_object(good)) << good;
    for (auto bad : {".", "Device", "Device.Info", "Device.Info.UpTime", "Device.None.",
                     "Device.NAT.PortMapping.{i}.", "InternetGatewayDevice."})
        EXPECT_FALSE(d.tree.has_object(bad)) << bad;
}

TEST(TreeTest, ParametersBelowAPartialPath)
{
    small_device d;
    EXPECT_THAT(parameters(d.tree, "Device.Info."),
                ElementsAre("Device.Info.Password", "Device.Info.Serial", "Device.Info.UpTime",
                            "Device.Info.Version"));
    EXPECT_EQ(parameters(d.tree, "").size(), d.model->parameter_count());
    EXPECT_EQ(parameters(d.tree, "Device."), parameters(d.tree, ""));
    EXPECT_THAT(parameters(d.tree, "Device.AP.1.Client."), IsEmpty());
    EXPECT_TRUE(d.tree.for_each_parameter("Device.Empty.", [](node, std::string_view) {}));
    for (auto bad : {"Device.Info", "Device.Info.UpTime", "Device.None.", "Device.Info.UpTime."})
        EXPECT_FALSE(d.tree.for_each_parameter(bad, [](node, std::string_view) { FAIL(); })) << bad;
}

TEST(TreeTest, NamesOfTheNextLevel)
{
    small_device d;
    EXPECT_THAT(names(d.tree, "", true), ElementsAre("Device."));
    EXPECT_THAT(names(d.tree, "Device.", true),
                ElementsAre("Device.AP. W", "Device.Empty.", "Device.Info-x W", "Device.Info.",
                            "Device.NAT."));
    EXPECT_THAT(names(d.tree, "Device.NAT.", true),
                ElementsAre("Device.NAT.PortMapping. W", "Device.NAT.PortMappingNumberOfEntries"));
    EXPECT_THAT(names(d.tree, "Device.NAT.PortMapping.", true),
                ElementsAre("Device.NAT.PortMapping.1. W", "Device.NAT.PortMapping.2. W"));
    EXPECT_THAT(names(d.tree, "Device.AP.1.Client.", true), IsEmpty());
    EXPECT_THAT(names(d.tree, "Device.None.", true), ElementsAre("not found"));
    EXPECT_THAT(names(d.tree, "Device.Info", true), ElementsAre("not found"));
    EXPECT_THAT(names(d.tree, "Device.Info.UpTime", true), IsEmpty()); // the caller's fault
}

TEST(TreeTest, NamesOfEverythingBelow)
{
    small_device d;
    EXPECT_THAT(names(d.tree, "Device.AP.", false),
                ElementsAre("Device.AP. W", "Device.AP.1. W", "Device.AP.1.Client. W",
                            "Device.AP.1.ClientNumberOfEntries", "Device.AP.1.Name W"));
    EXPECT_THAT(names(d.tree, "Device.Info.UpTime", false), ElementsAre("Device.Info.UpTime"));
    EXPECT_THAT(names(d.tree, "Device.Empty.", false), ElementsAre("Device.Empty."));
    EXPECT_EQ(names(d.tree, "", false), names(d.tree, "Device.", false));
    EXPECT_EQ(names(d.tree, "", false).front(), "Device.");
    EXPECT_EQ(names(d.tree, "", false).size(), d.model->concrete_count());
}

TEST(TreeTest, AddedInstancesStandInTheirPlace)
{
    small_device d;
    EXPECT_EQ(d.tree.add_object("Device.AP.").value(), 2u);
    EXPECT_EQ(d.tree.add_object("Device.AP.2.Client.").value(), 1u);
    EXPECT_EQ(d.tree.add_object("Device.AP.2.Client.").value(), 2u);
    EXPECT_EQ(d.tree.add_object("Device.AP.1.Client.").value(), 1u);
    EXPECT_THAT(names(d.tree, "Device.AP.", false),
                ElementsAre("Device.AP. W", "Device.AP.1. W", "Device.AP.1.Client. W",
                            "Device.AP.1.Client.1. W", "Device.AP.1.Client.1.Id W",
                            "Device.AP.1.ClientNumberOfEntries", "Device.AP.1.Name W",
                            "Device.AP.2. W", "Device.AP.2.Client. W", "Device.AP.2.Client.1. W",
                            "Device.AP.2.Client.1.Id W", "Device.AP.2.Client.2. W",
                            "Device.AP.2.Client.2.Id W", "Device.AP.2.ClientNumberOfEntries",
                            "Device.AP.2.Name W"));
    EXPECT_THAT(names(d.tree, "Device.AP.2.", true),
                ElementsAre("Device.AP.2.Client. W", "Device.AP.2.ClientNumberOfEntries",
                            "Device.AP.2.Name W"));
    EXPECT_THAT(parameters(d.tree, "Device.AP.2.Client."),
                ElementsAre("Device.AP.2.Client.1.Id", "Device.AP.2.Client.2.Id"));
    EXPECT_THAT(parameters(d.tree, "Device.AP.2.Client.2."),
                ElementsAre("Device.AP.2.Client.2.Id"));
    EXPECT_EQ(d.get("Device.AP.2.Client.2.Id"), "2/2");
    EXPECT_EQ(d.get("Device.AP.2.Name"), "ap2");
    EXPECT_EQ(d.get("Device.AP.2.ClientNumberOfEntries"), "2");
    EXPECT_EQ(d.get("Device.AP.1.ClientNumberOfEntries"), "1");
    EXPECT_EQ(d.tree.find_parameter("Device.AP.2.Client.{i}.Id"), std::nullopt);
    EXPECT_EQ(d.tree.find_parameter("Device.AP.2.Client.3.Id"), std::nullopt);
    EXPECT_FALSE(d.tree.has_object("Device.AP.2.Client"));
}

} // namespace
} // namespace cpestorm::model
