#pragma once

// What the tests of the model share: a device whose tokens are easy to recognise, and a schema
// small enough to know by heart.

#include "model/tree.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace cpestorm::model {

class fixed_source final : public value_source {
public:
    void append(std::string& out, token t, unsigned arg) const override
    {
        switch (t) {
        case token::serial:
            out += "SN7";
            return;
        case token::mac:
            out += "00:00:00:00:00:0" + std::to_string(arg);
            return;
        case token::uptime:
            out += "42";
            return;
        default:
            out += '<' + std::to_string(static_cast<int>(t)) + ':' + std::to_string(arg) + '>';
        }
    }
};

inline row_definition object(std::string path, bool writable = false)
{
    row_definition r;
    r.path = std::move(path);
    r.kind = row_kind::object;
    r.writable = writable;
    return r;
}

inline row_definition parameter(std::string path, value_type type, std::string value,
                                bool writable = true)
{
    row_definition r;
    r.path = std::move(path);
    r.type = type;
    r.value = std::move(value);
    r.writable = writable;
    return r;
}

inline std::shared_ptr<const schema> built(std::vector<row_definition> rows)
{
    auto s = schema::build("t.json", std::move(rows));
    if (!s) throw std::runtime_error(s.error().text());
    return *s;
}

// A device with a NAT table (instances 1, 2 and a template), a table in a table (WiFi) and one
// parameter of each kind that matters.
inline std::shared_ptr<const schema> small_schema()
{
    using enum value_type;
    std::vector<row_definition> rows{
        object("Device.NAT.PortMapping.", true),
        parameter("Device.NAT.PortMappingNumberOfEntries", unsigned_int, "0", false),
        parameter("Device.NAT.PortMapping.{i}.Enable", boolean, "false"),
        parameter("Device.NAT.PortMapping.{i}.Alias", string, "cpe-{i}"),
        parameter("Device.NAT.PortMapping.{i}.Port", unsigned_int, "80{i}"),
        object("Device.AP.", true),
        parameter("Device.AP.{i}.Name", string, "ap{i}"),
        parameter("Device.AP.{i}.ClientNumberOfEntries", unsigned_int, "0", false),
        object("Device.AP.{i}.Client.", true),
        parameter("Device.AP.{i}.Client.{i}.Id", string, "{i1}/{i2}"),
        parameter("Device.AP.1.Name", string, "ap{i}"),
        parameter("Device.AP.1.ClientNumberOfEntries", unsigned_int, "0", false),
        object("Device.AP.1.Client.", true),
        parameter("Device.Info.Serial", string, "{serial}", false),
        parameter("Device.Info.UpTime", unsigned_int, "{uptime}", false),
        parameter("Device.Info.Version", string, "1.0", false),
        parameter("Device.Info.Password", string, "secret"),
        parameter("Device.Info-x", string, "between Device.Info and Device.Info."),
        object("Device.Empty."),
    };
    for (const char* n : {"1", "2"}) {
        const std::string base = std::string("Device.NAT.PortMapping.") + n + '.';
        rows.push_back(parameter(base + "Enable", boolean, "true"));
        rows.push_back(parameter(base + "Alias", string, "cpe-{i}"));
        rows.push_back(parameter(base + "Port", unsigned_int, "80{i}"));
    }
    for (auto& r : rows) {
        if (r.path == "Device.Info.Password") r.hidden = true;
        if (r.path == "Device.Info.Version") {
            r.notify = notify_rule::force_enabled;
            r.forced_inform = true;
        }
        if (r.path == "Device.Info.UpTime") r.notify = notify_rule::can_deny;
        if (r.path == "Device.Info.Serial") r.notify = notify_rule::default_active;
        if (r.path == "Device.NAT.PortMapping.") r.max_instances = 4;
        if (r.path.ends_with(".Port")) r.facets.max = 65535;
    }
    return built(std::move(rows));
}

// A tree with its overlay and source, ready to use.
struct small_device {
    std::shared_ptr<const schema> model = small_schema();
    fixed_source source;
    model::overlay changes;
    model::tree tree{*model, changes, source};

    node parameter(std::string_view name) const
    {
        const auto n = tree.find_parameter(name);
        if (!n) throw std::runtime_error("no parameter " + std::string(name));
        return *n;
    }
    void set(std::string_view name, std::string_view text)
    {
        tree.set(parameter(name), text).value();
    }
    std::string get(std::string_view name) const
    {
        return tree.value_of(name).value_or("(no such parameter)");
    }
};

} // namespace cpestorm::model
