#include "base/text.hpp"
#include "fixture.hpp"
#include "model/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::model {
namespace {

using testing::Contains;
using testing::HasSubstr;

const std::string header = "Parameter,Object,Writable,Value,Value type\n";

std::shared_ptr<const profile> imported(const std::string& csv, imported_profile* info = nullptr)
{
    auto i = import_csv("e.csv", csv);
    if (!i) throw std::runtime_error(i.error().text());
    auto p = parse_profile("imported", i->json);
    if (!p) throw std::runtime_error(p.error().text() + '\n' + i->json);
    if (info != nullptr) *info = std::move(*i);
    return *p;
}

std::string value(const profile& p, std::string_view path)
{
    std::string out;
    const auto r = p.schema->find(path);
    if (r == no_row) return "(no such row)";
    p.schema->value(r).append(out, fixed_source());
    return out;
}

TEST(ImportCsvTest, ReadsARouter)
{
    imported_profile info;
    const auto p =
        imported(base::read_file(CPESTORM_GOLDEN_DIR "/model/router.csv", 1 << 20).value(), &info);
    const auto& s = *p->schema;
    EXPECT_EQ(p->identity.manufacturer, "Acme, Inc.");
    EXPECT_EQ(p->identity.oui, "00D09E");
    EXPECT_EQ(p->identity.product_class, "AR-7");
    EXPECT_EQ(info.parameters, s.parameter_count());
    EXPECT_EQ(info.skipped, 6u);
    EXPECT_EQ(value(*p, "InternetGatewayDevice.DeviceInfo.SerialNumber"), "SN7");
    EXPECT_EQ(value(*p, "InternetGatewayDevice.DeviceInfo.UpTime"), "42");
    EXPECT_EQ(value(*p, "InternetGatewayDevice.DeviceInfo.Description"),
              "A \"fast\" {router}, really");
    EXPECT_EQ(
        value(*p, "InternetGatewayDevice.LANDevice.1.LANEthernetInterfaceConfig.1.MACAddress"),
        "00:00:00:00:00:00");
    EXPECT_EQ(
        value(
            *p,
            "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.MACAddress"),
        "00:00:00:00:00:01");
    EXPECT_TRUE(s.hidden(s.find("InternetGatewayDevice.ManagementServer.Password")));
    std::vector<std::string> forced;
    for (auto r : s.forced_inform())
        forced.emplace_back(s.path(r));
    EXPECT_THAT(forced, testing::UnorderedElementsAre(
                            "InternetGatewayDevice.DeviceSummary",
                            "InternetGatewayDevice.DeviceInfo.HardwareVersion",
                            "InternetGatewayDevice.DeviceInfo.ProvisioningCode",
                            "InternetGatewayDevice.DeviceInfo.SoftwareVersion",
                            "InternetGatewayDevice.DeviceInfo.SpecVersion",
                            "InternetGatewayDevice.ManagementServer.ConnectionRequestURL",
                            "InternetGatewayDevice.ManagementServer.ParameterKey",
                            "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1."
                            "WANIPConnection.1.ExternalIPAddress"));
    // A writable table can be added to, with the columns of its first instance.
    overlay changes;
    fixed_source source;
    tree t(s, changes, source);
    const std::string table =
        "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.PortMapping.";
    EXPECT_EQ(t.add_object(table).value(), 3u);
    EXPECT_EQ(t.value_of(table + "3.ExternalPort"), "0");
    EXPECT_TRUE(t.delete_object(table + "1.").has_value());
    EXPECT_FALSE(t.add_object("InternetGatewayDevice.LANDevice.").has_value());
}

TEST(ImportCsvTest, ReadsTheColumnsOfEveryExport)
{
    const std::string twelve =
        "Parameter,Object,Object timestamp,Writable,Writable timestamp,Value,Value type,Value "
        "timestamp,"
        "Notification,Notification timestamp,Access list,Access list timestamp\n"
        "Device,true,1,false,1,\"\",,,,,,\n"
        "Device.X,false,1,true,1,\"a, b\",xsd:string,1,2,1,Subscriber, other,1\n";
    const std::string ten =
        "Parameter,Object,Writable,Value,Value type,Timestamp,Value timestamp,Notification,Access "
        "list,"
        "Attributes timestamp\nDevice.X,false,TRUE,\"a, b\",XSD:String,1,1,,,\n";
    for (const auto& csv : {twelve, ten}) {
        const auto p = imported(csv);
        EXPECT_EQ(value(*p, "Device.X"), "a, b");
        EXPECT_TRUE(p->schema->writable(p->schema->find("Device.X")));
    }
}

TEST(ImportCsvTest, ValuesThatDoNotFitTheirTypeAreNoted)
{
    imported_profile info;
    const auto p = imported(header + "Device.A,false,false,,xsd:unsignedint\n"
                                     "Device.B,false,false,fast,xsd:int\n"
                                     "Device.C,false,false,TRUE,xsd:boolean\n"
                                     "Device.D,false,false,x,xsd:strange\n"
                                     "Device.E,false,false,2026-03-11T10:20:30.123Z,xsd:dateTime\n"
                                     "Device.F,false,false,plain,\n"
                                     "Device.bad name,false,false,x,\n",
                            &info);
    const auto& s = *p->schema;
    EXPECT_EQ(value(*p, "Device.A"), "0");
    EXPECT_EQ(s.type(s.find("Device.A")), value_type::unsigned_int);
    EXPECT_EQ(value(*p, "Device.B"), "fast");
    EXPECT_EQ(s.type(s.find("Device.B")), value_type::string);
    EXPECT_EQ(value(*p, "Device.C"), "true");
    EXPECT_EQ(s.type(s.find("Device.D")), value_type::string);
    EXPECT_EQ(value(*p, "Device.E"), "2026-03-11T10:20:30.123Z");
    EXPECT_EQ(s.find("Device.bad name"), no_row);
    EXPECT_THAT(info.notes, Contains("Device.A: no value, '0' stands in for it."));
    EXPECT_THAT(info.notes, Contains("Device.B: 'fast' is no int, taken as string."));
    EXPECT_THAT(info.notes, Contains(HasSubstr("'xsd:strange' is unknown")));
    EXPECT_THAT(info.notes, Contains(HasSubstr("no valid path, left out (line 8)")));
    EXPECT_THAT(info.notes, Contains(HasSubstr("no usable OUI")));
}

TEST(ImportCsvTest, FaultsNameLineAndColumn)
{
    const std::pair<std::string, const char*> cases[] = {
        {"", "e.csv: the file is empty"},
        {"Parameter,Object,Value,Value type\n", "e.csv:1:1: no column \"Writable\""},
        {header, "e.csv: no row starts with Device."},
        {header + "Tags.x,false,false,,\n", "e.csv: no row starts with Device."},
        {header + "Device.X,maybe,false,,\n", "e.csv:2:10: expected true or false, not 'maybe'"},
        {header + "Device.X,false,2,,\n", "e.csv:2:16: expected true or false"},
        {header + "Device.X,false\n", "e.csv:2:10: only 2 fields"},
        {header + "Device.X,false,false,,\nDevice.X,false,false,,\n",
         "e.csv:3:1: \"Device.X\" is there twice"},
        {header + "Device.X,false,false,,\nInternetGatewayDevice.X,false,false,,\n",
         "e.csv:3:1: another root"},
        {header + "Device.X,false,false,\"a\n", "e.csv:2:22: this quoted field"},
    };
    for (const auto& [csv, expected] : cases)
        EXPECT_THAT(import_csv("e.csv", csv).error().text(), testing::StartsWith(expected)) << csv;
}

TEST(ImportCsvTest, ReadsTheLargestModelSeen)
{
    std::string csv = header;
    std::size_t rows = 0;
    for (int table = 1; rows < 6'408; ++table) {
        const std::string base = "Device.Vendor.Table" + std::to_string(table);
        csv += base + ",true,true,,\n";
        ++rows;
        for (int i = 1; i <= 10 && rows < 6'408; ++i) {
            csv += base + '.' + std::to_string(i) + ",true,true,,\n";
            ++rows;
            for (int k = 0; k != 6 && rows < 6'408; ++k, ++rows)
                csv += base + '.' + std::to_string(i) + ".Field" + std::to_string(k) +
                       ",false,true,\"" + std::to_string(k) + "\",xsd:unsignedInt\n";
        }
    }
    imported_profile info;
    const auto p = imported(csv, &info);
    EXPECT_EQ(info.parameters + info.objects, 6'408u);
    EXPECT_EQ(p->schema->parameter_count(), info.parameters);
}

} // namespace
} // namespace cpestorm::model
