// Readers of what ACSs send, and of the messages that go both ways.

#include "base/text.hpp"
#include "soap/arguments.hpp"

#include <limits>

namespace cpestorm::soap {
namespace {

set_attributes_entry read_attributes_entry(argument_reader& in, element e)
{
    set_attributes_entry entry;
    entry.name = in.required_text(e, "Name");
    entry.notification_change = in.optional_flag(e, "NotificationChange");
    entry.access_list_change = in.optional_flag(e, "AccessListChange");
    if (entry.notification_change)
        entry.notification = in.required_number(e, "Notification");
    else
        entry.notification = in.optional_number(e, "Notification");
    if (entry.access_list_change || in.optional(e, "AccessList"))
        entry.access_list = in.list(e, "AccessList", "string", read_string);
    return entry;
}

// A fault code as peers write it: white space around it, or no number at all (0).
unsigned read_fault_code(element e)
{
    const auto n = base::parse_unsigned(base::trim(e.text()));
    const bool fits = n && *n <= std::numeric_limits<std::uint32_t>::max();
    return fits ? static_cast<unsigned>(*n) : 0;
}

} // namespace

void read(argument_reader& in, element e, inform_response& m)
{
    m.max_envelopes = in.optional_number(e, "MaxEnvelopes", 1);
}

void read(argument_reader& in, element e, get_rpc_methods_response& m)
{
    m.methods = in.list(e, "MethodList", "string", read_string);
}

void read(argument_reader& in, element e, set_parameter_values& m)
{
    m.parameters = in.list(e, "ParameterList", "ParameterValueStruct", read_parameter_value);
    m.parameter_key = in.optional_text(e, "ParameterKey");
}

void read(argument_reader& in, element e, get_parameter_values& m)
{
    m.names = in.list(e, "ParameterNames", "string", read_string);
}

void read(argument_reader& in, element e, get_parameter_names& m)
{
    m.path = in.required_text(e, "ParameterPath");
    m.next_level = in.optional_flag(e, "NextLevel");
}

void read(argument_reader& in, element e, set_parameter_attributes& m)
{
    m.parameters =
        in.list(e, "ParameterList", "SetParameterAttributesStruct", read_attributes_entry);
}

void read(argument_reader& in, element e, get_parameter_attributes& m)
{
    m.names = in.list(e, "ParameterNames", "string", read_string);
}

void read(argument_reader& in, element e, add_object& m)
{
    m.object_name = in.required_text(e, "ObjectName");
    m.parameter_key = in.optional_text(e, "ParameterKey");
}

void read(argument_reader& in, element e, delete_object& m)
{
    m.object_name = in.required_text(e, "ObjectName");
    m.parameter_key = in.optional_text(e, "ParameterKey");
}

void read(argument_reader& in, element e, reboot& m)
{
    m.command_key = in.optional_text(e, "CommandKey");
}

void read(argument_reader& in, element e, download& m)
{
    m.command_key = in.optional_text(e, "CommandKey");
    m.file_type = in.required_text(e, "FileType");
    m.url = in.required_text(e, "URL");
    m.username = in.optional_text(e, "Username");
    m.password = in.optional_text(e, "Password");
    m.file_size = in.optional_number(e, "FileSize");
    m.target_file_name = in.optional_text(e, "TargetFileName");
    m.delay_seconds = in.optional_number(e, "DelaySeconds");
    m.success_url = in.optional_text(e, "SuccessURL");
    m.failure_url = in.optional_text(e, "FailureURL");
}

// A fault is never refused: whoever gets one must be able to act on it.
void read(argument_reader& in, element e, fault& m)
{
    const element detail = e.child("detail").child("Fault");
    m.code = read_fault_code(detail.child("FaultCode"));
    const element text = detail.child("FaultString");
    m.text = text || m.code != 0 ? text.text() : e.child("faultstring").text();
    for (element p = detail.first(); p; p = p.next())
        if (p.name() == "SetParameterValuesFault")
            m.parameters.push_back({p.child("ParameterName").text(),
                                    read_fault_code(p.child("FaultCode")),
                                    p.child("FaultString").text()});
    if (m.code == 0) in.deviates(deviation::fault_without_detail);
}

} // namespace cpestorm::soap
