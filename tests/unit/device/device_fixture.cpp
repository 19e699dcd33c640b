#include "device_fixture.hpp"

namespace cpestorm::device {

namespace {

using base::value_type;
using model::notify_rule;
using model::row_definition;
using model::row_kind;

row_definition parameter(std::string path, std::string value, bool writable = false,
                         value_type type = value_type::string)
{
    row_definition r;
    r.path = "Device." + std::move(path);
    r.value = std::move(value);
    r.writable = writable;
    r.type = type;
    return r;
}

row_definition forced(row_definition r, notify_rule notify = notify_rule::normal)
{
    r.forced_inform = true;
    r.notify = notify;
    return r;
}

row_definition hidden(row_definition r)
{
    r.hidden = true;
    return r;
}

row_definition between(row_definition r, std::int64_t min, std::int64_t max)
{
    r.facets.min = min;
    r.facets.max = max;
    return r;
}

row_definition table(std::string path, std::uint32_t max_instances = 0)
{
    row_definition r;
    r.path = "Device." + std::move(path);
    r.kind = row_kind::object;
    r.writable = true;
    r.max_instances = max_instances;
    return r;
}

void add_identity(std::vector<row_definition>& rows)
{
    rows.push_back(forced(parameter("RootDataModelVersion", "2.15")));
    rows.push_back(parameter("DeviceInfo.Manufacturer", "{manufacturer}"));
    rows.push_back(parameter("DeviceInfo.SerialNumber", "{serial}"));
    rows.push_back(forced(parameter("DeviceInfo.HardwareVersion", "A1")));
    rows.push_back(
        forced(parameter("DeviceInfo.SoftwareVersion", "1.0.9"), notify_rule::force_enabled));
    rows.push_back(
        forced(parameter("DeviceInfo.ProvisioningCode", "", true), notify_rule::force_enabled));
    rows.push_back(parameter("DeviceInfo.UpTime", "{uptime}", false, value_type::unsigned_int));
    rows.back().notify = notify_rule::can_deny;
    rows.push_back(parameter("DeviceInfo.MAC", "{mac}"));
}

void add_management_server(std::vector<row_definition>& rows)
{
    const std::string m = "ManagementServer.";
    rows.push_back(parameter(m + "URL", "{acs_url}", true));
    rows.push_back(parameter(m + "Username", "{acs_username}", true));
    rows.push_back(hidden(parameter(m + "Password", "{acs_password}", true)));
    rows.push_back(forced(parameter(m + "ParameterKey", "")));
    rows.push_back(parameter(m + "PeriodicInformEnable", "true", true, value_type::boolean));
    rows.push_back(between(parameter(m + "PeriodicInformInterval", "{periodic_inform_interval}",
                                     true, value_type::unsigned_int),
                           1, 86'400));
    rows.push_back(
        parameter(m + "PeriodicInformTime", "0001-01-01T00:00:00Z", true, value_type::date_time));
    rows.push_back(forced(parameter(m + "ConnectionRequestURL", "{connection_request_url}"),
                          notify_rule::default_active));
    rows.push_back(
        parameter(m + "ConnectionRequestUsername", "{connection_request_username}", true));
    rows.push_back(
        hidden(parameter(m + "ConnectionRequestPassword", "{connection_request_password}", true)));
    rows.push_back(
        between(parameter(m + "CWMPRetryMinimumWaitInterval", "5", true, value_type::unsigned_int),
                1, 65'535));
    rows.push_back(between(
        parameter(m + "CWMPRetryIntervalMultiplier", "2000", true, value_type::unsigned_int), 1000,
        65'535));
}

void add_objects(std::vector<row_definition>& rows)
{
    const std::string s = "WiFi.SSID.1.";
    rows.push_back(parameter(s + "SSID", "home", true));
    rows.back().facets.max_length = 32;
    rows.push_back(parameter(s + "Enable", "true", true, value_type::boolean));
    rows.push_back(parameter(s + "Status", "Up"));
    rows.push_back(between(parameter(s + "Level", "-3", true, value_type::int_), -10, 10));
    rows.push_back(parameter(s + "Mode", "auto", true));
    rows.back().facets.enumeration = {"auto", "manual"};
    rows.push_back(
        parameter("NAT.PortMappingNumberOfEntries", "0", false, value_type::unsigned_int));
    rows.push_back(table("NAT.PortMapping.", 3));
    rows.push_back(table("NAT.PortMapping.{i}."));
    rows.push_back(parameter("NAT.PortMapping.{i}.Enable", "false", true, value_type::boolean));
    rows.push_back(parameter("NAT.PortMapping.{i}.Description", "", true));
}

} // namespace

std::shared_ptr<const model::profile> make_test_profile()
{
    std::vector<row_definition> rows;
    add_identity(rows);
    add_management_server(rows);
    add_objects(rows);
    auto p = std::make_shared<model::profile>();
    p->name = "test";
    p->identity.manufacturer = "Example";
    p->identity.oui = "00D09E";
    p->identity.product_class = "HG";
    p->identity.serial = model::value_template::compile("SN{index:06}").value();
    p->schema = model::schema::build("test profile", std::move(rows)).value();
    return p;
}

context make_test_context()
{
    context c;
    c.profile = make_test_profile();
    c.acs_url = "http://acs.example/cwmp";
    c.acs_login = {"{oui}-{serial}", "secret"};
    c.endpoints = {endpoint_mode::address, 0x7F010000u, 7547, 1, 100};
    c.finish().value();
    return c;
}

bool device_test::advance_to_wake()
{
    const fleet_time next = device().next_wake();
    if (next == never) return false;
    now = next;
    return true;
}

void device_test::make_registered()
{
    device().power_up(now + 300'000);
    run_session();
    ASSERT_TRUE(state_.registered);
}

cwmp::session_result device_test::success() const
{
    cwmp::session_result r;
    r.ok = true;
    r.inform_acknowledged = true;
    r.acknowledged.assign(content.requests.size(), true);
    return r;
}

std::vector<soap::message> device_test::run_session(std::vector<soap::message> acs)
{
    begin();
    const cwmp::session_result r = success();
    std::vector<soap::message> answers;
    for (const soap::message& request : acs)
        answers.push_back(ask(request));
    end(r);
    return answers;
}

void device_test::fail_session(double u, bool acknowledged)
{
    begin();
    cwmp::session_result r;
    r.reason = base::failure_reason::peer_reset;
    r.inform_acknowledged = acknowledged;
    r.acknowledged.assign(content.requests.size(), false);
    end(r, u);
}

void device_test::set_notification(std::string_view name, unsigned n)
{
    cpe d = device();
    auto tree = d.tree();
    ASSERT_TRUE(tree.set_notification(tree.find_parameter(name).value(), n));
}

std::vector<std::string> device_test::event_codes() const
{
    std::vector<std::string> codes;
    for (const soap::event_struct& e : content.inform.events)
        codes.push_back(e.command_key.empty() ? e.code : e.code + "/" + e.command_key);
    return codes;
}

std::vector<std::string> device_test::parameter_names() const
{
    std::vector<std::string> names;
    for (const soap::parameter_value& p : content.inform.parameters)
        names.push_back(p.name);
    return names;
}

std::string device_test::informed(std::string_view name) const
{
    for (const soap::parameter_value& p : content.inform.parameters)
        if (p.name == name) return p.value;
    return "(not informed)";
}

} // namespace cpestorm::device
