#include "fixture.hpp"

#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

// A thousand parameters, of which a device changes a few.
struct plain_device {
    plain_device()
    {
        std::vector<row_definition> rows;
        for (int i = 0; i != 1000; ++i)
            rows.push_back(
                parameter("Device.P" + std::to_string(1000 + i), value_type::string, "x"));
        model = built(std::move(rows));
    }
    void change(int i, std::string_view text)
    {
        model::tree t(*model, changes, source);
        t.set(*t.find_parameter("Device.P" + std::to_string(1000 + i)), text).value();
    }
    std::string get(int i)
    {
        return model::tree(*model, changes, source)
            .value_of("Device.P" + std::to_string(1000 + i))
            .value();
    }
    std::shared_ptr<const schema> model;
    fixed_source source;
    overlay changes;
};

TEST(OverlayTest, NothingChangedCostsNothing)
{
    plain_device d;
    EXPECT_TRUE(d.changes.empty());
    EXPECT_EQ(d.changes.bytes(), 0u);
}

TEST(OverlayTest, HeapBytesOfChangedValues)
{
    plain_device d;
    for (int i = 0; i != 3; ++i)
        d.change(100 * i, "eight_by");
    EXPECT_EQ(d.changes.bytes(), 16u + 3 * (8 + 8));
    EXPECT_LE(d.changes.bytes(), 100u);
    for (int i = 3; i != 10; ++i)
        d.change(100 * i, "eight_by");
    EXPECT_EQ(d.changes.bytes(), 16u + 10 * (8 + 8));
}

TEST(OverlayTest, ValuesAreReplacedAndKeptApart)
{
    plain_device d;
    d.change(5, "five");
    d.change(1, "one");
    d.change(9, "");
    d.change(5, "FIVE!");
    EXPECT_EQ(d.get(1), "one");
    EXPECT_EQ(d.get(5), "FIVE!");
    EXPECT_EQ(d.get(9), "");
    EXPECT_EQ(d.get(2), "x");
}

TEST(OverlayTest, TheDefaultFreesTheMemory)
{
    plain_device d;
    d.change(1, "a");
    d.change(2, "b");
    d.change(1, "x");
    EXPECT_EQ(d.changes.bytes(), 16u + 8 + 1);
    d.change(2, "x");
    EXPECT_TRUE(d.changes.empty());
}

TEST(OverlayTest, ClearForgetsEverything)
{
    small_device d;
    d.set("Device.Info-x", "y");
    (void)d.tree.add_object("Device.NAT.PortMapping.").value();
    d.changes.clear();
    EXPECT_EQ(d.changes.bytes(), 0u);
    EXPECT_EQ(d.tree.add_object("Device.NAT.PortMapping.").value(), 3u);
}

} // namespace
} // namespace cpestorm::model
