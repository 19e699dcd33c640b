#include "base/text.hpp"
#include "fixture.hpp"
#include "model/path.hpp"
#include "model/profile.hpp"
#include "model/value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <sstream>

namespace cpestorm::model {
namespace {

const std::string source_dir = CPESTORM_SOURCE_DIR;

struct shipped {
    const char* name;
    const char* root;
    const char* table; // of the official data model, beside the repository
};

class ShippedProfileTest : public testing::TestWithParam<shipped> {
protected:
    void SetUp() override
    {
        auto p = load_profile(source_dir + "/profiles/" + GetParam().name + ".json");
        ASSERT_TRUE(p.has_value()) << p.error().text();
        profile_ = *p;
    }
    std::string below_root(const char* path) const { return GetParam().root + std::string(path); }
    const model::schema& model() const { return *profile_->schema; }

    std::shared_ptr<const profile> profile_;
};

TEST_P(ShippedProfileTest, IsBigEnoughAndSaysHowBig)
{
    EXPECT_EQ(profile_->name, GetParam().name);
    EXPECT_EQ(model().root(), GetParam().root);
    EXPECT_GE(model().parameter_count(), 500u);
    EXPECT_THAT(profile_->comment,
                testing::HasSubstr(' ' + std::to_string(model().parameter_count()) +
                                   " concrete parameters"));
}

TEST_P(ShippedProfileTest, HasWhatAnAcsAsksFor)
{
    for (auto path : {"DeviceInfo.Manufacturer",
                      "DeviceInfo.ManufacturerOUI",
                      "DeviceInfo.ProductClass",
                      "DeviceInfo.SerialNumber",
                      "DeviceInfo.HardwareVersion",
                      "DeviceInfo.SoftwareVersion",
                      "DeviceInfo.ProvisioningCode",
                      "DeviceInfo.UpTime",
                      "ManagementServer.EnableCWMP",
                      "ManagementServer.URL",
                      "ManagementServer.Username",
                      "ManagementServer.Password",
                      "ManagementServer.PeriodicInformEnable",
                      "ManagementServer.PeriodicInformInterval",
                      "ManagementServer.PeriodicInformTime",
                      "ManagementServer.ParameterKey",
                      "ManagementServer.ConnectionRequestURL",
                      "ManagementServer.ConnectionRequestUsername",
                      "ManagementServer.ConnectionRequestPassword",
                      "ManagementServer.CWMPRetryMinimumWaitInterval",
                      "ManagementServer.CWMPRetryIntervalMultiplier",
                      "ManagementServer.DefaultActiveNotificationThrottle",
                      "ManagementServer.UpgradesManaged",
                      "ManagementServer.AliasBasedAddressing"})
        EXPECT_NE(model().find(below_root(path)), no_row) << path;
    const auto uses = [&](const char* path, token t) {
        return model().value(model().find(below_root(path))).uses(t);
    };
    EXPECT_TRUE(uses("DeviceInfo.SerialNumber", token::serial));
    EXPECT_TRUE(uses("ManagementServer.URL", token::acs_url));
    EXPECT_TRUE(uses("ManagementServer.ConnectionRequestURL", token::connection_request_url));
    EXPECT_TRUE(uses("ManagementServer.PeriodicInformInterval", token::periodic_inform_interval));
    EXPECT_TRUE(model().hidden(model().find(below_root("ManagementServer.Password"))));
    EXPECT_EQ(model().notify(model().find(below_root("DeviceInfo.SoftwareVersion"))),
              notify_rule::force_enabled);
}

TEST_P(ShippedProfileTest, TablesCanGrow)
{
    overlay changes;
    fixed_source source;
    tree t(model(), changes, source);
    const std::string table = model().root() == "Device."
                                  ? "Device.NAT.PortMapping."
                                  : "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1."
                                    "WANPPPConnection.1.PortMapping.";
    const auto before = t.value_of(table.substr(0, table.size() - 1) + "NumberOfEntries");
    const auto number = t.add_object(table);
    ASSERT_TRUE(number.has_value());
    const auto client = t.find_parameter(table + std::to_string(*number) + ".InternalClient");
    ASSERT_TRUE(client.has_value());
    EXPECT_TRUE(t.validate(*client, "192.168.1.77", value_type::string).has_value());
    EXPECT_NE(t.value_of(table.substr(0, table.size() - 1) + "NumberOfEntries"), before);
}

// The columns of a data model table: path, type, access, forcedInform.
std::map<std::string, std::vector<std::string>> read_table(const std::string& path)
{
    std::map<std::string, std::vector<std::string>> out;
    std::istringstream in(base::read_file(path, 64u << 20).value());
    for (std::string line; std::getline(in, line);) {
        std::vector<std::string> fields;
        std::istringstream columns(line);
        for (std::string field; std::getline(columns, field, '\t');)
            fields.push_back(field);
        if (fields.size() >= 3) out[fields[0]] = fields;
    }
    return out;
}

TEST_P(ShippedProfileTest, AgreesWithTheOfficialModel)
{
    const std::string path = source_dir + "/../shared/spec/tables/" + GetParam().table;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
    const auto official = read_table(path);
    for (row_id r = 0; r != model().row_count(); ++r) {
        const auto name = generalized(model().path(r));
        auto row = official.find(name);
        if (row == official.end() && model().kind(r) == row_kind::object)
            row = official.find(name + "{i}."); // the table of an instance the model lists
        ASSERT_NE(row, official.end()) << name;
        if (model().kind(r) == row_kind::object) continue;
        auto type = row->second[1].substr(0, row->second[1].find('('));
        if (type.starts_with("list:")) {
            type = "string";
            EXPECT_TRUE(model().facets_of(r).list) << name;
        }
        EXPECT_EQ(base::type_name(model().type(r)), type) << name;
        EXPECT_EQ(model().writable(r), row->second[2] == "readWrite") << name;
        const bool forced = row->second.size() > 3 && row->second[3] == "true";
        if (forced && r < model().concrete_count()) {
            EXPECT_THAT(model().forced_inform(), testing::Contains(r)) << name;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Profiles, ShippedProfileTest,
    testing::Values(shipped{"tr181-gateway", "Device.", "tr-181-2-19-1-cwmp.tsv"},
                    shipped{"tr098-gateway", "InternetGatewayDevice.", "tr-098-1-8-0.tsv"}),
    [](const auto& i) { return std::string(i.param.name).substr(0, 5); });

} // namespace
} // namespace cpestorm::model
