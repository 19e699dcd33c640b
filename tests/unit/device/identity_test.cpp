#include "device_fixture.hpp"

#include "device/date_time.hpp"

#include <set>

namespace cpestorm::device {
namespace {

using model::token;
using ::testing::MatchesRegex;

class identity : public device_test {
protected:
    std::string text(token t, unsigned arg = 0, std::uint32_t index = 7)
    {
        std::string out;
        cpe(shared, state_, index, now, start).append(out, t, arg);
        return out;
    }
};

TEST_F(identity, N02_device_id_from_the_profile_and_the_index)
{
    const soap::device_id id = device().device_id();
    EXPECT_EQ(id, (soap::device_id{"Example", "00D09E", "HG", "SN000007"}));
    EXPECT_EQ(device().serial_number(), "SN000007");
}

TEST_F(identity, tokens)
{
    EXPECT_EQ(text(token::index), "7");
    EXPECT_EQ(text(token::index, 5), "00007");
    EXPECT_EQ(text(token::index, 1, 123), "123");
    EXPECT_EQ(text(token::mac), "00:D0:9E:00:00:07");
    EXPECT_EQ(text(token::mac, 0, 0x012345), "00:D0:9E:01:23:45");
    EXPECT_EQ(text(token::wan_ip), "127.1.0.7");
    EXPECT_EQ(text(token::acs_url), "http://acs.example/cwmp");
    EXPECT_EQ(text(token::acs_username), "00D09E-SN000007");
    EXPECT_EQ(text(token::acs_password), "secret");
    EXPECT_EQ(text(token::connection_request_username), "00D09E-SN000007");
    EXPECT_EQ(text(token::periodic_inform_interval), "300");
    EXPECT_EQ(text(token::current_time), "2027-01-15T08:00:00Z");
    EXPECT_THAT(text(token::hash, 20), MatchesRegex("[0-9a-f]{20}"));
    EXPECT_EQ(text(token::hash, 0), "");
}

TEST_F(identity, addresses_of_a_device_and_of_its_neighbours_are_distinct)
{
    std::set<std::string> macs;
    for (std::uint32_t index = 0; index < 20; ++index)
        for (unsigned k = 0; k < 256; ++k)
            macs.insert(text(token::mac, k, index));
    EXPECT_EQ(macs.size(), 20u * 256u);
    EXPECT_THAT(text(token::mac, 1), MatchesRegex("02:D0:9F:00:00:07"));
}

TEST_F(identity, hashes_depend_on_seed_and_device_only)
{
    const std::string mine = text(token::hash, 16);
    EXPECT_EQ(text(token::hash, 16), mine);
    EXPECT_NE(text(token::hash, 16, 8), mine);
    EXPECT_NE(text(token::connection_request_password), mine);
    shared.seed = 2;
    EXPECT_NE(text(token::hash, 16), mine);
}

TEST_F(identity, connection_request_url_has_an_unguessable_path)
{
    const std::string url = text(token::connection_request_url);
    EXPECT_THAT(url, MatchesRegex("http://127\\.1\\.0\\.7:7547/[0-9a-f]{16}"));
    EXPECT_EQ("http://127.1.0.7:7547" + device().connection_request_path(), url);
    EXPECT_NE(text(token::connection_request_url, 0, 8).substr(22), url.substr(22));
}

TEST_F(identity, without_endpoints_there_is_no_connection_request_url)
{
    shared.endpoints.mode = endpoint_mode::none;
    EXPECT_EQ(text(token::connection_request_url), "");
    EXPECT_EQ(text(token::wan_ip), "10.0.0.8");
}

TEST_F(identity, uptime_counts_from_the_last_boot)
{
    device().power_up(never);
    advance(90 * second);
    EXPECT_EQ(value("Device.DeviceInfo.UpTime"), "90");
}

TEST_F(identity, a_serial_number_that_names_itself_gives_nothing_for_it)
{
    auto p = std::make_shared<model::profile>(*shared.profile);
    p->identity.serial = model::value_template::compile("S{serial}{index}").value();
    shared.profile = p;
    EXPECT_EQ(device().serial_number(), "S7");
    shared.acs_login.username = "{acs_username}x{serial}";
    ASSERT_TRUE(shared.finish());
    EXPECT_EQ(device().acs_login().username, "xS7");
}

TEST_F(identity, a_bad_credential_template_is_a_diagnostic)
{
    shared.acs_login.username = "{nonsense}";
    const auto done = shared.finish();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().where, "ACS user name");
}

TEST_F(identity, credentials_the_acs_wrote_count)
{
    EXPECT_EQ(device().acs_login().username, "00D09E-SN000007");
    EXPECT_EQ(device().acs_login().password, "secret");
    const std::string old_password = device().connection_request_login().password;
    EXPECT_THAT(old_password, MatchesRegex("[0-9a-f]{16}"));
    make_registered();
    begin();
    const std::string m = "Device.ManagementServer.";
    expect<soap::set_parameter_values_response>(
        set_values({{m + "Username", "u"},
                    {m + "Password", "p"},
                    {m + "ConnectionRequestUsername", "cu"},
                    {m + "ConnectionRequestPassword", "cp"}}));
    EXPECT_EQ(device().connection_request_login().username, "cu"); // at once
    EXPECT_EQ(device().connection_request_login().password, "cp");
    EXPECT_EQ(device().acs_login().username, "u");
    EXPECT_EQ(device().acs_login().password, "p");
    EXPECT_EQ(value(m + "Password"), ""); // P07
}

TEST_F(identity, other_overrides_leave_the_computed_credentials)
{
    make_registered();
    run_session({set_values({{"Device.WiFi.SSID.1.SSID", "x"}})});
    EXPECT_EQ(device().acs_login().username, "00D09E-SN000007");
    EXPECT_EQ(device().acs_url(), "http://acs.example/cwmp");
}

TEST(date_time, is_utc_without_fraction)
{
    const auto text = [](std::chrono::milliseconds since_1970) {
        std::string out;
        append_date_time(out, base::wall_time(since_1970));
        return out;
    };
    using std::chrono::milliseconds;
    EXPECT_EQ(text(milliseconds(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(text(milliseconds(1'709'251'199'999)), "2024-02-29T23:59:59Z");
    EXPECT_EQ(text(milliseconds(-1)), "1969-12-31T23:59:59Z");
}

} // namespace
} // namespace cpestorm::device
