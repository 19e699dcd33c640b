#include "model/path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

TEST(PathTest, Grammar)
{
    for (auto good : {"Device.", "Device.X", "Device.X.1.", "Device.X.1.Y.22.Z",
                      "Device.X.{i}.Y.{i}.", "Device.X_ACME_a-b.c", "Device.X.4294967295.Y"})
        EXPECT_EQ(path_fault(good), "") << good;
    for (auto bad : {"", ".", "Device..X", ".Device", "Device.X.01.", "Device.X.0.", "Device.X.1",
                     "Device.X.{i}", "Device.1.2.X", "Device.X.{i}.{i}.", "Device.X.1.Y.{i}.Z",
                     "Device.X y", "Device.{j}.", "1.X", "Device.X.4294967296.", "Device.-x"})
        EXPECT_NE(path_fault(bad), "") << bad;
    EXPECT_EQ(path_fault("Device." + std::string(249, 'x')), "");
    EXPECT_NE(path_fault("Device." + std::string(250, 'x')), "");
}

TEST(PathTest, Parts)
{
    EXPECT_EQ(parent_path("Device.X.1.Y"), "Device.X.1.");
    EXPECT_EQ(parent_path("Device.X.1."), "Device.X.");
    EXPECT_EQ(parent_path("Device."), "");
    EXPECT_EQ(last_component("Device.X.1."), "1");
    EXPECT_EQ(last_component("Device.X"), "X");
    EXPECT_EQ(generalized("Device.X.1.Y.22.Z1"), "Device.X.{i}.Y.{i}.Z1");
    EXPECT_EQ(generalized("Device.X.1."), "Device.X.{i}.");
    EXPECT_TRUE(is_template("Device.X.{i}.Y"));
    EXPECT_FALSE(is_template("Device.X.1.Y"));
    EXPECT_THAT(instance_numbers("Device.X.3.Y.12.Z4"), testing::ElementsAre(3, 12));
}

} // namespace
} // namespace cpestorm::model
