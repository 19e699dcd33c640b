#include "acs/script.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cassert>

namespace cpestorm::acs {
namespace {

constexpr std::string_view built_in_json = R"json({
  "$comment": "Looks around in a device that bootstraps and leaves a mark; asks others nothing.",
  "on": {
    "0 BOOTSTRAP": [
      {"rpc": "GetRPCMethods"},
      {"rpc": "GetParameterNames", "path": "{root}", "next_level": true},
      {"rpc": "GetParameterNames", "path": "{root}DeviceInfo.", "next_level": false},
      {"rpc": "GetParameterValues", "names": ["{root}DeviceInfo.", "{root}ManagementServer."]},
      {"rpc": "SetParameterValues", "parameter_key": "cpestorm-1",
       "parameters": {
         "{root}DeviceInfo.ProvisioningCode": {"value": "cpestorm", "type": "string"}}},
      {"rpc": "SetParameterAttributes",
       "parameters": {"{root}ManagementServer.UpgradesManaged": {"notification": 1}}},
      {"rpc": "GetParameterAttributes", "names": ["{root}ManagementServer.UpgradesManaged"]}
    ],
    "2 PERIODIC": []
  }
}
)json";

void replace_all(std::string& text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// Replaces the placeholders in whatever texts of a request may hold them.
class filler {
public:
    explicit filler(const placeholders& p)
        : root_(p.root)
    {
        base::append_number(instance_, p.instance);
    }

    void operator()(soap::set_parameter_values& m) const
    {
        for (auto& p : m.parameters) {
            fill(p.name);
            fill(p.value);
        }
    }
    void operator()(soap::get_parameter_values& m) const { fill(m.names); }
    void operator()(soap::get_parameter_names& m) const { fill(m.path); }
    void operator()(soap::set_parameter_attributes& m) const
    {
        for (auto& p : m.parameters)
            fill(p.name);
    }
    void operator()(soap::get_parameter_attributes& m) const { fill(m.names); }
    void operator()(soap::add_object& m) const { fill(m.object_name); }
    void operator()(soap::delete_object& m) const { fill(m.object_name); }
    template <class Other>
    void operator()(Other&) const // has no paths
    {
    }

private:
    void fill(std::string& text) const
    {
        replace_all(text, "{root}", root_);
        replace_all(text, "{instance}", instance_);
    }
    void fill(std::vector<std::string>& texts) const
    {
        for (auto& text : texts)
            fill(text);
    }
    std::string_view root_;
    std::string instance_;
};

} // namespace

soap::message fill_in(const step& s, const placeholders& p)
{
    soap::message request = s.request;
    std::visit(filler(p), request);
    return request;
}

base::checked<script> script::load(const std::string& path)
{
    auto text = base::read_file(path, base::limits::script_bytes);
    if (!text) return text.error();
    return parse(path, *text);
}

std::string_view script::built_in_text() noexcept
{
    return built_in_json;
}

std::shared_ptr<const script> script::built_in()
{
    auto parsed = parse("built-in script", built_in_json);
    assert(parsed);
    return std::make_shared<const script>(std::move(*parsed));
}

std::span<const step> script::steps_for(std::span<const soap::event_struct> events) const noexcept
{
    const auto under = [&](std::string_view key) {
        return std::ranges::find(entries_, key, &entry::event);
    };
    auto found = entries_.end();
    for (auto listed = events.begin(); listed != events.end() && found == entries_.end(); ++listed)
        found = under(listed->code);
    if (found == entries_.end()) found = under("*");
    return found == entries_.end() ? std::span<const step>() : found->steps;
}

} // namespace cpestorm::acs
