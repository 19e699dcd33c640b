// Reads a script from JSON.

#include "acs/script.hpp"
#include "acs/script_reader.hpp"
#include "base/cwmp_names.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace cpestorm::acs {
namespace {

using base::checked;
using base::json::kind;
using base::json::value;

namespace limits = base::limits;

constexpr std::uint32_t any_number = ~std::uint32_t{0};
constexpr std::size_t key_chars = limits::command_key_chars; // of CommandKey and ParameterKey

soap::message get_rpc_methods(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault"});
    return soap::get_rpc_methods{};
}

soap::message get_parameter_names(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "path", "next_level"});
    return soap::get_parameter_names{in.path("path"), in.optional_flag("next_level")};
}

soap::message get_parameter_values(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "names"});
    return soap::get_parameter_values{in.paths("names")};
}

soap::message set_parameter_values(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "parameters", "parameter_key"});
    soap::set_parameter_values m;
    in.each_path("parameters", [&](std::string path, script_reader& member) {
        member.allow_only({"value", "type"});
        m.parameters.push_back(
            {std::move(path), member.value("value"), member.optional_type("type")});
    });
    m.parameter_key = in.optional_text("parameter_key", key_chars);
    return m;
}

soap::message set_parameter_attributes(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "parameters"});
    soap::set_parameter_attributes m;
    in.each_path("parameters", [&](std::string path, script_reader& member) {
        member.allow_only({"notification"});
        soap::set_attributes_entry entry;
        entry.name = std::move(path);
        entry.notification_change = true;
        entry.notification = member.number("notification", 0, 6);
        m.parameters.push_back(std::move(entry));
    });
    return m;
}

soap::message get_parameter_attributes(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "names"});
    return soap::get_parameter_attributes{in.paths("names")};
}

soap::message add_object(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "object", "parameter_key"});
    return soap::add_object{in.path("object"), in.optional_text("parameter_key", key_chars)};
}

soap::message delete_object(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "object", "parameter_key"});
    return soap::delete_object{in.path("object"), in.optional_text("parameter_key", key_chars)};
}

soap::message reboot(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "command_key"});
    return soap::reboot{in.optional_text("command_key", key_chars)};
}

soap::message factory_reset(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault"});
    return soap::factory_reset{};
}

soap::message download(script_reader& in)
{
    in.allow_only({"rpc", "expect_fault", "command_key", "file_type", "url", "username", "password",
                   "file_size", "target_file_name", "delay_seconds", "success_url", "failure_url"});
    soap::download m;
    m.command_key = in.optional_text("command_key", key_chars);
    m.file_type = in.text("file_type", 64);
    m.url = in.text("url", limits::url_bytes);
    m.username = in.optional_text("username", 256);
    m.password = in.optional_text("password", 256);
    m.file_size = in.optional_number("file_size", 0, any_number);
    m.target_file_name = in.optional_text("target_file_name", 256);
    m.delay_seconds = in.optional_number("delay_seconds", 0, any_number);
    m.success_url = in.optional_text("success_url", limits::url_bytes);
    m.failure_url = in.optional_text("failure_url", limits::url_bytes);
    return m;
}

struct rpc_reader {
    std::string_view name;
    soap::message (*read)(script_reader& in);
};
constexpr std::array rpc_readers{
    rpc_reader{"GetRPCMethods", get_rpc_methods},
    rpc_reader{"GetParameterNames", get_parameter_names},
    rpc_reader{"GetParameterValues", get_parameter_values},
    rpc_reader{"SetParameterValues", set_parameter_values},
    rpc_reader{"SetParameterAttributes", set_parameter_attributes},
    rpc_reader{"GetParameterAttributes", get_parameter_attributes},
    rpc_reader{"AddObject", add_object},
    rpc_reader{"DeleteObject", delete_object},
    rpc_reader{"Reboot", reboot},
    rpc_reader{"FactoryReset", factory_reset},
    rpc_reader{"Download", download},
};

// "did you mean" and the rest of a sentence about a word that is not among `known`.
std::string unknown(std::string_view what, std::string_view word,
                    std::span<const std::string_view> known)
{
    std::string text = "unknown ";
    text.append(what).append(" \"").append(word).append("\"");
    if (const auto near = base::closest(word, known))
        text.append("; did you mean \"").append(*near).append("\"?");
    return text;
}

checked<step> read_step(const value& v, bool may_use_instance)
{
    if (!v.is(kind::object)) return v.complain("expected a step such as {\"rpc\": \"Reboot\"}");
    script_reader in(v, may_use_instance);
    const auto rpc = v.find("rpc");
    const std::string name = in.text("rpc", 64);
    if (in.failed()) return in.failure();
    const auto known = std::ranges::find(rpc_readers, name, &rpc_reader::name);
    if (known == rpc_readers.end()) {
        std::array<std::string_view, rpc_readers.size()> names;
        std::ranges::transform(rpc_readers, names.begin(), &rpc_reader::name);
        return rpc->complain(unknown("rpc", name, names));
    }
    step out{known->read(in), {}};
    if (v.find("expect_fault")) out.expect_fault = in.number("expect_fault", 9000, 9899);
    if (in.failed()) return in.failure();
    return out;
}

checked<std::vector<step>> read_steps(const value& v)
{
    if (!v.is(kind::array)) return v.complain("expected an array of steps");
    std::vector<step> all;
    bool added = false;
    for (std::size_t i = 0; i < v.size(); ++i) {
        auto one = read_step(v.element(i), added);
        if (!one) return one.error();
        added = added || std::holds_alternative<soap::add_object>(one->request);
        all.push_back(std::move(*one));
    }
    return all;
}

// What is wrong with an event as a key; empty if nothing is.
std::string flaw_of_event(std::string_view code)
{
    if (code == "*" || code.starts_with("X ") || code.starts_with("M X_")) return {};
    if (base::parse_event(code)) return {};
    std::array<std::string_view, base::event_count> names;
    for (std::size_t i = 0; i < names.size(); ++i)
        names[i] = base::name(static_cast<base::event>(i));
    return unknown("event", code, names);
}

} // namespace

base::checked<script> script::parse(std::string name, std::string_view json)
{
    const auto document = base::json::document::parse(std::move(name), json);
    if (!document) return document.error();
    const value root = document->root();
    if (auto keys = root.expect_keys({"on"}); !keys) return keys.error();
    const auto on = root.find("on");
    if (!on) return root.complain("\"on\" is missing: an object from events to steps");
    if (!on->is(kind::object)) return on->complain("expected an object from events to steps");

    script out;
    for (std::size_t i = 0; i < on->size(); ++i) {
        const std::string_view event = on->key(i);
        if (event == "$comment") continue;
        if (auto flaw = flaw_of_event(event); !flaw.empty())
            return on->complain_key(i, std::move(flaw));
        auto steps = read_steps(on->element(i));
        if (!steps) return steps.error();
        out.entries_.push_back({std::string(event), std::move(*steps)});
    }
    return out;
}

} // namespace cpestorm::acs
