#include "soap/encode.hpp"

#include "base/text.hpp"
#include "soap/fault.hpp"

#include <type_traits>

namespace cpestorm::soap {
namespace {

void open(std::string& out, std::string_view name)
{
    out += '<';
    out += name;
    out += '>';
}

void close(std::string& out, std::string_view name)
{
    out += "</";
    out += name;
    out += '>';
}

void text(std::string& out, std::string_view name, std::string_view value)
{
    open(out, name);
    append_escaped(out, value);
    close(out, name);
}

void number(std::string& out, std::string_view name, std::uint64_t value)
{
    open(out, name);
    base::append_number(out, value);
    close(out, name);
}

void flag(std::string& out, std::string_view name, bool value)
{
    text(out, name, value ? "1" : "0");
}

void write(std::string& out, const parameter_value& p)
{
    out += "<ParameterValueStruct><Name>";
    append_escaped(out, p.name);
    out += "</Name><Value";
    if (p.typed) {
        out += " xsi:type=\"";
        out += base::xsi_type_name(p.type);
        out += '"';
    }
    out += '>';
    append_escaped(out, p.value);
    out += "</Value></ParameterValueStruct>";
}

void write(std::string& out, const event_struct& e)
{
    out += "<EventStruct>";
    text(out, "EventCode", e.code);
    text(out, "CommandKey", e.command_key);
    out += "</EventStruct>";
}

void write(std::string& out, const std::string& s)
{
    text(out, "string", s);
}

void write(std::string& out, const parameter_info& p)
{
    out += "<ParameterInfoStruct>";
    text(out, "Name", p.name);
    flag(out, "Writable", p.writable);
    out += "</ParameterInfoStruct>";
}

void write(std::string& out, const set_attributes_entry& e);
void write(std::string& out, const parameter_attributes& p);

// Appends an array: `type` is the members' qualified type, e.g. "cwmp:EventStruct".
template <class T>
void array(std::string& out, std::string_view name, std::string_view type,
           const std::vector<T>& all)
{
    out += '<';
    out += name;
    out += " soap-enc:arrayType=\"";
    out += type;
    out += '[';
    base::append_number(out, all.size());
    out += "]\">";
    for (const T& one : all)
        write(out, one);
    close(out, name);
}

void write(std::string& out, const set_attributes_entry& e)
{
    out += "<SetParameterAttributesStruct>";
    text(out, "Name", e.name);
    flag(out, "NotificationChange", e.notification_change);
    number(out, "Notification", e.notification);
    flag(out, "AccessListChange", e.access_list_change);
    array(out, "AccessList", "xsd:string", e.access_list);
    out += "</SetParameterAttributesStruct>";
}

void write(std::string& out, const parameter_attributes& p)
{
    out += "<ParameterAttributeStruct>";
    text(out, "Name", p.name);
    number(out, "Notification", p.notification);
    array(out, "AccessList", "xsd:string", p.access_list);
    out += "</ParameterAttributeStruct>";
}

template <class T>
    requires std::is_empty_v<T>
void write(std::string&, const T&)
{
}

void write(std::string& out, const inform& m)
{
    out += "<DeviceId>";
    text(out, "Manufacturer", m.device.manufacturer);
    text(out, "OUI", m.device.oui);
    text(out, "ProductClass", m.device.product_class);
    text(out, "SerialNumber", m.device.serial_number);
    out += "</DeviceId>";
    array(out, "Event", "cwmp:EventStruct", m.events);
    number(out, "MaxEnvelopes", m.max_envelopes);
    text(out, "CurrentTime", m.current_time);
    number(out, "RetryCount", m.retry_count);
    array(out, "ParameterList", "cwmp:ParameterValueStruct", m.parameters);
}

void write(std::string& out, const inform_response& m)
{
    number(out, "MaxEnvelopes", m.max_envelopes);
}

void write(std::string& out, const transfer_complete& m)
{
    text(out, "CommandKey", m.command_key);
    out += "<FaultStruct>";
    number(out, "FaultCode", m.fault.code);
    text(out, "FaultString", m.fault.text);
    out += "</FaultStruct>";
    text(out, "StartTime", m.start_time);
    text(out, "CompleteTime", m.complete_time);
}

void write(std::string& out, const get_rpc_methods_response& m)
{
    array(out, "MethodList", "xsd:string", m.methods);
}

void write(std::string& out, const set_parameter_values& m)
{
    array(out, "ParameterList", "cwmp:ParameterValueStruct", m.parameters);
    text(out, "ParameterKey", m.parameter_key);
}

void write(std::string& out, const set_parameter_values_response& m)
{
    number(out, "Status", m.status);
}

void write(std::string& out, const get_parameter_values& m)
{
    array(out, "ParameterNames", "xsd:string", m.names);
}

void write(std::string& out, const get_parameter_values_response& m)
{
    array(out, "ParameterList", "cwmp:ParameterValueStruct", m.parameters);
}

void write(std::string& out, const get_parameter_names& m)
{
    text(out, "ParameterPath", m.path);
    flag(out, "NextLevel", m.next_level);
}

void write(std::string& out, const get_parameter_names_response& m)
{
    array(out, "ParameterList", "cwmp:ParameterInfoStruct", m.parameters);
}

void write(std::string& out, const set_parameter_attributes& m)
{
    array(out, "ParameterList", "cwmp:SetParameterAttributesStruct", m.parameters);
}

void write(std::string& out, const get_parameter_attributes& m)
{
    array(out, "ParameterNames", "xsd:string", m.names);
}

void write(std::string& out, const get_parameter_attributes_response& m)
{
    array(out, "ParameterList", "cwmp:ParameterAttributeStruct", m.parameters);
}

void write(std::string& out, const add_object& m)
{
    text(out, "ObjectName", m.object_name);
    text(out, "ParameterKey", m.parameter_key);
}

void write(std::string& out, const add_object_response& m)
{
    number(out, "InstanceNumber", m.instance_number);
    number(out, "Status", m.status);
}

void write(std::string& out, const delete_object& m)
{
    text(out, "ObjectName", m.object_name);
    text(out, "ParameterKey", m.parameter_key);
}

void write(std::string& out, const delete_object_response& m)
{
    number(out, "Status", m.status);
}

void write(std::string& out, const reboot& m)
{
    text(out, "CommandKey", m.command_key);
}

void write(std::string& out, const download& m)
{
    text(out, "CommandKey", m.command_key);
    text(out, "FileType", m.file_type);
    text(out, "URL", m.url);
    text(out, "Username", m.username);
    text(out, "Password", m.password);
    number(out, "FileSize", m.file_size);
    text(out, "TargetFileName", m.target_file_name);
    number(out, "DelaySeconds", m.delay_seconds);
    text(out, "SuccessURL", m.success_url);
    text(out, "FailureURL", m.failure_url);
}

void write(std::string& out, const download_response& m)
{
    number(out, "Status", m.status);
    text(out, "StartTime", m.start_time);
    text(out, "CompleteTime", m.complete_time);
}

void write(std::string& out, const fault& m)
{
    const bool cwmp = m.code != 0 || !m.parameters.empty();
    text(out, "faultcode", is_client_fault(m.code) ? "Client" : "Server");
    text(out, "faultstring", cwmp ? "CWMP fault" : std::string_view(m.text));
    if (!cwmp) return;
    out += "<detail><cwmp:Fault>";
    number(out, "FaultCode", m.code);
    text(out, "FaultString", m.text);
    for (const set_parameter_fault& p : m.parameters) {
        out += "<SetParameterValuesFault>";
        text(out, "ParameterName", p.parameter_name);
        number(out, "FaultCode", p.code);
        text(out, "FaultString", p.text);
        out += "</SetParameterValuesFault>";
    }
    out += "</cwmp:Fault></detail>";
}

void write(std::string&, const unknown_method&) {}

void write_header(std::string& out, const envelope& e)
{
    const std::size_t start = out.size();
    out += "<soap-env:Header>";
    const std::size_t empty = out.size();
    if (e.id) {
        out += "<cwmp:ID soap-env:mustUnderstand=\"1\">";
        append_escaped(out, *e.id);
        out += "</cwmp:ID>";
    }
    if (e.hold_requests) {
        out += "<cwmp:HoldRequests soap-env:mustUnderstand=\"1\">";
        out += *e.hold_requests ? "1" : "0";
        out += "</cwmp:HoldRequests>";
    }
    if (e.session_timeout) number(out, "cwmp:SessionTimeout", *e.session_timeout);
    if (!e.supported_versions.empty())
        text(out, "cwmp:SupportedCWMPVersions", e.supported_versions);
    if (!e.use_version.empty()) {
        out += "<cwmp:UseCWMPVersion soap-env:mustUnderstand=\"1\">";
        append_escaped(out, e.use_version);
        out += "</cwmp:UseCWMPVersion>";
    }
    if (out.size() == empty)
        out.resize(start); // SOAP 1.1 §4.2: a Header is optional
    else
        out += "</soap-env:Header>";
}

// About how many bytes the message's lists will take.
std::size_t size_of_lists(const message& m)
{
    const auto of_values = [](const std::vector<parameter_value>& all) {
        std::size_t n = 0;
        for (const parameter_value& p : all)
            n += 110 + p.name.size() + p.value.size();
        return n;
    };
    if (const auto* i = std::get_if<inform>(&m))
        return 140 * i->events.size() + of_values(i->parameters);
    if (const auto* r = std::get_if<get_parameter_values_response>(&m))
        return of_values(r->parameters);
    if (const auto* r = std::get_if<get_parameter_names_response>(&m))
        return 160 * r->parameters.size();
    return 0;
}

// The body child's qualified name. A stranger's name comes from a peer or a user: what could not
// stand in a tag is replaced.
std::string qualified_name(const message& m)
{
    std::string name(std::holds_alternative<fault>(m) ? "soap-env:" : "cwmp:");
    for (const char c : method_name(m)) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool other = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
        const bool first = name.back() == ':';
        name += letter || (other && !first) ? c : '_';
    }
    return name.back() == ':' ? name + '_' : name;
}

} // namespace

void encode(std::string& out, const envelope& e)
{
    out.reserve(out.size() + 1200 + size_of_lists(e.message));
    out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<soap-env:Envelope xmlns:soap-env=\"http://schemas.xmlsoap.org/soap/envelope/\""
           " xmlns:soap-enc=\"http://schemas.xmlsoap.org/soap/encoding/\""
           " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
           " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:cwmp=\"";
    out += uri(e.ns);
    out += "\">";
    write_header(out, e);
    out += "<soap-env:Body>";
    const std::string name = qualified_name(e.message);
    open(out, name);
    std::visit([&out](const auto& m) { write(out, m); }, e.message);
    close(out, name);
    out += "</soap-env:Body></soap-env:Envelope>";
}

} // namespace cpestorm::soap
