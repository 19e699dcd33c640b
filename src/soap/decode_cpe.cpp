// Readers of what CPEs send: their requests and their answers.

#include "soap/arguments.hpp"

namespace cpestorm::soap {
namespace {

event_struct read_event(argument_reader& in, element e)
{
    event_struct event;
    event.code = in.required_text(e, "EventCode");
    event.command_key = in.optional_text(e, "CommandKey");
    return event;
}

parameter_info read_parameter_info(argument_reader& in, element e)
{
    parameter_info p;
    p.name = in.required_text(e, "Name");
    p.writable = in.optional_flag(e, "Writable");
    return p;
}

parameter_attributes read_attributes(argument_reader& in, element e)
{
    parameter_attributes p;
    p.name = in.required_text(e, "Name");
    p.notification = in.required_number(e, "Notification");
    if (in.optional(e, "AccessList"))
        p.access_list = in.list(e, "AccessList", "string", read_string);
    return p;
}

} // namespace

void read(argument_reader& in, element e, inform& m)
{
    const element id = in.required(e, "DeviceId");
    m.device.manufacturer = in.optional_text(id, "Manufacturer");
    m.device.oui = in.required_text(id, "OUI");
    m.device.product_class = in.optional_text(id, "ProductClass");
    m.device.serial_number = in.required_text(id, "SerialNumber");
    m.events = in.list(e, "Event", "EventStruct", read_event);
    m.max_envelopes = in.optional_number(e, "MaxEnvelopes", 1);
    m.current_time = in.optional_text(e, "CurrentTime");
    m.retry_count = in.optional_number(e, "RetryCount");
    m.parameters = in.list(e, "ParameterList", "ParameterValueStruct", read_parameter_value);
}

void read(argument_reader& in, element e, transfer_complete& m)
{
    m.command_key = in.optional_text(e, "CommandKey");
    const element fault = in.required(e, "FaultStruct");
    m.fault.code = in.required_number(fault, "FaultCode");
    m.fault.text = in.optional_text(fault, "FaultString");
    m.start_time = in.optional_text(e, "StartTime");
    m.complete_time = in.optional_text(e, "CompleteTime");
}

void read(argument_reader& in, element e, set_parameter_values_response& m)
{
    m.status = in.optional_number(e, "Status");
}

void read(argument_reader& in, element e, get_parameter_values_response& m)
{
    m.parameters = in.list(e, "ParameterList", "ParameterValueStruct", read_parameter_value);
}

void read(argument_reader& in, element e, get_parameter_names_response& m)
{
    m.parameters = in.list(e, "ParameterList", "ParameterInfoStruct", read_parameter_info);
}

void read(argument_reader& in, element e, get_parameter_attributes_response& m)
{
    m.parameters = in.list(e, "ParameterList", "ParameterAttributeStruct", read_attributes);
}

void read(argument_reader& in, element e, add_object_response& m)
{
    m.instance_number = in.required_number(e, "InstanceNumber");
    m.status = in.optional_number(e, "Status");
}

void read(argument_reader& in, element e, delete_object_response& m)
{
    m.status = in.optional_number(e, "Status");
}

void read(argument_reader& in, element e, download_response& m)
{
    m.status = in.optional_number(e, "Status", m.status);
    if (const element start = in.optional(e, "StartTime")) m.start_time = start.text();
    if (const element complete = in.optional(e, "CompleteTime")) m.complete_time = complete.text();
}

} // namespace cpestorm::soap
