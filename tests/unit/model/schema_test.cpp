#include "base/limits.hpp"
#include "fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using enum value_type;
using testing::ElementsAre;
using testing::HasSubstr;

std::string fault(std::vector<row_definition> rows)
{
    const auto s = schema::build("t.json", std::move(rows));
    return s ? "no fault" : s.error().text();
}

std::vector<std::string> concrete_paths(const schema& s)
{
    std::vector<std::string> out;
    for (row_id r = 0; r != s.concrete_count(); ++r)
        out.emplace_back(s.path(r));
    return out;
}

TEST(SchemaTest, RowsAreSortedAndParentsMade)
{
    const auto s =
        built({parameter("Device.B.2.X", string, ""), parameter("Device.A-x", string, ""),
               parameter("Device.A.Y", string, ""), parameter("Device.B.10.X", string, "")});
    EXPECT_THAT(concrete_paths(*s),
                ElementsAre("Device.", "Device.A-x", "Device.A.", "Device.A.Y", "Device.B.",
                            "Device.B.10.", "Device.B.10.X", "Device.B.2.", "Device.B.2.X"));
    EXPECT_EQ(s->root(), "Device.");
    EXPECT_EQ(s->parameter_count(), 4u);
    EXPECT_EQ(s->kind(s->find("Device.B.2.")), row_kind::object);
    EXPECT_FALSE(s->writable(s->find("Device.B.2.")));
    EXPECT_EQ(s->find("Device.B.3."), no_row);
    EXPECT_EQ(s->find("Device.A"), no_row);
    EXPECT_EQ(s->find(""), no_row);
}

TEST(SchemaTest, BelowIsOneRange)
{
    const auto s = small_schema();
    const auto all = s->below("");
    EXPECT_EQ(all.first, 0u);
    EXPECT_EQ(all.last, s->concrete_count());
    const auto info = s->below("Device.Info.");
    EXPECT_EQ(info.last - info.first, 5u); // the object and four parameters, not Device.Info-x
    const auto none = s->below("Device.None.");
    EXPECT_EQ(none.first, none.last);
}

TEST(SchemaTest, TablesKnowTheirInstancesTemplateAndCounter)
{
    const auto s = small_schema();
    const auto table = s->find("Device.NAT.PortMapping.");
    EXPECT_TRUE(s->is_table(table));
    EXPECT_EQ(s->max_instances(table), 4u);
    EXPECT_THAT(s->instances(table), ElementsAre(s->find("Device.NAT.PortMapping.1."),
                                                 s->find("Device.NAT.PortMapping.2.")));
    const auto pattern = s->instance_template(table);
    EXPECT_EQ(s->path(pattern), "Device.NAT.PortMapping.{i}.");
    EXPECT_GE(pattern, s->concrete_count());
    EXPECT_EQ(s->below_template(pattern).last - s->below_template(pattern).first, 4u);
    EXPECT_EQ(s->counted_table(s->find("Device.NAT.PortMappingNumberOfEntries")), table);
    EXPECT_EQ(s->counted_table(s->find("Device.Info.UpTime")), no_row);

    EXPECT_FALSE(s->is_table(s->find("Device.Info.")));
    EXPECT_FALSE(s->is_table(s->find("Device.NAT.PortMapping.1.")));
    EXPECT_EQ(s->instance_template(s->find("Device.Info.")), no_row);
    // A table inside a concrete instance takes the general template.
    EXPECT_EQ(s->path(s->instance_template(s->find("Device.AP.1.Client."))),
              "Device.AP.{i}.Client.{i}.");
    // Instances that are not spelled out are as writable as their table.
    EXPECT_TRUE(s->writable(s->find("Device.NAT.PortMapping.2.")));
    EXPECT_TRUE(s->writable(pattern));
}

TEST(SchemaTest, InstancesAreInOrderOfNumbers)
{
    const auto s =
        built({parameter("Device.B.2.X", string, ""), parameter("Device.B.10.X", string, "")});
    EXPECT_THAT(s->instances(s->find("Device.B.")),
                ElementsAre(s->find("Device.B.2."), s->find("Device.B.10.")));
}

TEST(SchemaTest, AWritableTableGetsATemplateFromItsFirstInstance)
{
    auto limited = parameter("Device.T.3.Count", unsigned_int, "9");
    limited.facets.min = 2;
    const auto s =
        built({object("Device.T.", true), limited, parameter("Device.T.3.Name", string, "n"),
               parameter("Device.T.3.In.1.V", boolean, "true"), object("Device.E.", true)});
    const auto count = s->find_template("Device.T.{i}.Count");
    ASSERT_NE(count, no_row);
    EXPECT_EQ(s->value(count).constant(), "2");
    EXPECT_EQ(s->value(s->find_template("Device.T.{i}.Name")).constant(), "");
    EXPECT_NE(s->find_template("Device.T.{i}.In.{i}.V"), no_row);
    EXPECT_NE(s->instance_template(s->find("Device.E.")), no_row); // an empty one
}

TEST(SchemaTest, ValuesAreStoredCanonicalAndWithTheirInstanceNumbers)
{
    const auto s = small_schema();
    EXPECT_EQ(s->value(s->find("Device.NAT.PortMapping.2.Port")).constant(), "802");
    EXPECT_TRUE(s->value(s->find_template("Device.NAT.PortMapping.{i}.Port")).uses_instances());
    const auto b = built({parameter("Device.B", boolean, " 1 ")});
    EXPECT_EQ(b->value(b->find("Device.B")).constant(), "true");
}

TEST(SchemaTest, ForcedInformRowsAreConcrete)
{
    const auto s = small_schema();
    EXPECT_THAT(s->forced_inform(), ElementsAre(s->find("Device.Info.Version")));
}

TEST(SchemaTest, FaultsNameTheirPlace)
{
    auto bad = parameter("Device.X", unsigned_int, "-1");
    bad.line = 12;
    bad.column = 5;
    bad.facets.max = 9;
    EXPECT_EQ(fault({bad}), "t.json:12:5: Device.X: the value '-1' is no unsignedInt, at most 9");
    const std::pair<std::vector<row_definition>, const char*> cases[] = {
        {{}, "no parameters"},
        {{parameter("Dev.X", string, "")}, "paths start with Device."},
        {{parameter("Device.X", string, ""), parameter("InternetGatewayDevice.X", string, "")},
         "another root"},
        {{parameter("Device.X", string, ""), parameter("Device.X", string, "")}, "defined twice"},
        {{parameter("Device.X", string, ""), parameter("Device.X.Y", string, "")},
         "a parameter and an object"},
        {{parameter("Device.X", string, ""), parameter("Device.X-a", string, ""),
          parameter("Device.X.Y", string, "")},
         "a parameter and an object"},
        {{parameter("Device.01.X", string, "")}, "bad path"},
        {{parameter("Device.X.", string, "")}, "ends with a dot"},
        {{object("Device.X")}, "ends with a dot"},
        {{parameter("Device.X", string, "{nope}")}, "unknown token"},
        {{parameter("Device.X.{i}.Y", boolean, "maybe")}, "is no boolean"},
    };
    for (const auto& [rows, expected] : cases)
        EXPECT_THAT(fault(rows), HasSubstr(expected));
}

TEST(SchemaTest, FacetsMustFitTheType)
{
    const auto with = [](value_type t, facets f) {
        auto r = parameter("Device.X", t, t == string ? "" : "0");
        r.facets = std::move(f);
        return fault({r});
    };
    EXPECT_THAT(with(string, {.min = 1}), HasSubstr("need a number type"));
    EXPECT_THAT(with(int_, {.max_length = 1}), HasSubstr("need string, base64 or hexBinary"));
    EXPECT_THAT(with(int_, {.list = true}), HasSubstr("need the type string"));
    EXPECT_THAT(with(int_, {.min = 2, .max = 1}), HasSubstr("min is greater"));
    EXPECT_THAT(with(string, {.min_length = 2, .max_length = 1}),
                HasSubstr("min_length is greater"));
}

TEST(SchemaTest, TheNumberOfRowsIsLimited)
{
    std::vector<row_definition> rows;
    for (std::size_t i = 0; i <= base::limits::schema_parameters; ++i)
        rows.push_back(parameter("Device.P" + std::to_string(i), string, ""));
    EXPECT_THAT(fault(std::move(rows)), HasSubstr("more than 100000"));
}

} // namespace
} // namespace cpestorm::model
