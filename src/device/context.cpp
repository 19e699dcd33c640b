#include "device/context.hpp"

#include <string_view>
#include <utility>

namespace cpestorm::device {

namespace {

base::checked<model::value_template> compile(std::string_view text, std::string_view where)
{
    auto compiled = model::value_template::compile(text);
    if (compiled) return compiled;
    base::diagnostic d = compiled.error();
    d.where = where;
    return d;
}

known_rows find_rows(const model::schema& schema)
{
    const std::string root(schema.root());
    const auto find = [&](std::string_view below_root) {
        return schema.find(root + std::string(below_root));
    };
    known_rows rows;
    rows.url = find("ManagementServer.URL");
    rows.username = find("ManagementServer.Username");
    rows.password = find("ManagementServer.Password");
    rows.parameter_key = find("ManagementServer.ParameterKey");
    rows.periodic_enable = find("ManagementServer.PeriodicInformEnable");
    rows.periodic_interval = find("ManagementServer.PeriodicInformInterval");
    rows.periodic_time = find("ManagementServer.PeriodicInformTime");
    rows.connection_request_username = find("ManagementServer.ConnectionRequestUsername");
    rows.connection_request_password = find("ManagementServer.ConnectionRequestPassword");
    rows.retry_minimum_wait = find("ManagementServer.CWMPRetryMinimumWaitInterval");
    rows.retry_multiplier = find("ManagementServer.CWMPRetryIntervalMultiplier");
    rows.software_version = find("DeviceInfo.SoftwareVersion");
    return rows;
}

} // namespace

base::checked<void> context::finish()
{
    auto username = compile(acs_login.username, "ACS user name");
    if (!username) return username.error();
    auto password = compile(acs_login.password, "ACS password");
    if (!password) // whose error would show a part of it
        return base::diagnostic{.where = "ACS password",
                                .what = "has braces that are no token such as {serial}; write {{ "
                                        "and }} for the braces themselves"};
    acs_username = std::move(*username);
    acs_password = std::move(*password);
    known = find_rows(*profile->schema);
    return {};
}

} // namespace cpestorm::device
