#include "cwmp/inform_rules.hpp"

#include "base/cwmp_names.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace cpestorm::cwmp {
namespace {

using base::event;

constexpr std::size_t device_id_chars = 64; // DeviceIdStruct (TR-069 table 36)

constexpr std::uint32_t bit(event e)
{
    return std::uint32_t{1} << static_cast<unsigned>(e);
}

// An "M" event reports how a method ended; the numbered event tells that it did.
struct pairing {
    std::uint32_t any_of;
    event needed;
    std::string_view phrase;
};
constexpr std::array pairings{
    pairing{bit(event::m_reboot), event::boot, "M Reboot without 1 BOOT"},
    pairing{bit(event::m_schedule_inform), event::scheduled,
            "M ScheduleInform without 3 SCHEDULED"},
    pairing{bit(event::m_download) | bit(event::m_schedule_download) | bit(event::m_upload),
            event::transfer_complete, "M Download or M Upload without 7 TRANSFER COMPLETE"},
    pairing{bit(event::m_change_du_state), event::du_state_change_complete,
            "M ChangeDUState without 11 DU STATE CHANGE COMPLETE"},
};

struct forced {
    std::string_view name; // below the root object
    std::string_view phrase;
};
constexpr std::array forced_parameters{
    forced{"DeviceInfo.HardwareVersion", "Inform without HardwareVersion"},
    forced{"DeviceInfo.SoftwareVersion", "Inform without SoftwareVersion"},
    forced{"ManagementServer.ConnectionRequestURL", "Inform without ConnectionRequestURL"},
    forced{"ManagementServer.ParameterKey", "Inform without ParameterKey"},
};

bool is_oui(std::string_view oui)
{
    return oui.size() == 6 && oui.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

bool is_vendor_event(std::string_view code)
{
    return code.starts_with("X ") || code.starts_with("M X_");
}

bool too_long(std::string_view text, std::size_t characters)
{
    return text.size() > characters && base::count_characters(text) > characters;
}

// Notes a phrase once however many events deserve it.
void note(std::vector<std::string_view>& deviations, std::string_view phrase)
{
    if (std::ranges::find(deviations, phrase) == deviations.end()) deviations.push_back(phrase);
}

void check_events(const soap::inform& inform, std::vector<std::string_view>& deviations)
{
    if (inform.events.size() > base::limits::inform_events)
        deviations.emplace_back("more than 64 events");
    if (inform.events.empty() && inform.retry_count == 0) // a retry may have nothing to deliver
        deviations.emplace_back("Inform without events");

    std::uint32_t seen = 0;
    for (const auto& listed : inform.events) {
        if (too_long(listed.command_key, base::limits::command_key_chars))
            note(deviations, "CommandKey longer than 32 characters");
        const auto code = base::parse_event(listed.code);
        if (!code) {
            if (!is_vendor_event(listed.code)) note(deviations, "event code unknown");
            continue;
        }
        if (*code < event::m_reboot) {
            if (!listed.command_key.empty()) note(deviations, "numbered event with a CommandKey");
            if ((seen & bit(*code)) != 0) note(deviations, "numbered event listed twice");
        }
        seen |= bit(*code);
    }
    for (const auto& pair : pairings)
        if ((seen & pair.any_of) != 0 && (seen & bit(pair.needed)) == 0)
            deviations.push_back(pair.phrase);
}

void check_parameters(const soap::inform& inform, std::vector<std::string_view>& deviations)
{
    const std::string_view root = root_of(inform);
    if (root != "Device." && root != "InternetGatewayDevice.") {
        deviations.emplace_back("Inform without a root object");
        return;
    }
    for (const auto& wanted : forced_parameters) {
        const bool found = std::ranges::any_of(inform.parameters, [&](const auto& p) {
            return p.name.size() == root.size() + wanted.name.size() && p.name.starts_with(root) &&
                   p.name.ends_with(wanted.name);
        });
        if (!found) deviations.push_back(wanted.phrase);
    }
}

} // namespace

void check_inform(const soap::inform& inform, std::vector<std::string_view>& deviations)
{
    if (!is_oui(inform.device.oui)) deviations.emplace_back("OUI is not six upper-case hex digits");
    if (inform.device.serial_number.empty()) deviations.emplace_back("SerialNumber empty");
    for (const std::string* text :
         {&inform.device.manufacturer, &inform.device.product_class, &inform.device.serial_number})
        if (too_long(*text, device_id_chars))
            note(deviations, "DeviceId field longer than 64 characters");
    if (inform.max_envelopes != 1) deviations.emplace_back("MaxEnvelopes is not 1");
    if (!base::parse_date_time(inform.current_time))
        deviations.emplace_back("CurrentTime is no dateTime");
    check_events(inform, deviations);
    check_parameters(inform, deviations);
}

bool identifies_device(const soap::device_id& device) noexcept
{
    return !device.oui.empty() && !device.serial_number.empty() &&
           !too_long(device.oui, device_id_chars) &&
           !too_long(device.product_class, device_id_chars) &&
           !too_long(device.serial_number, device_id_chars);
}

std::string_view root_of(const soap::inform& inform) noexcept
{
    if (inform.parameters.empty()) return {};
    const std::string_view first = inform.parameters.front().name;
    const auto dot = first.find('.');
    return dot == std::string_view::npos ? std::string_view() : first.substr(0, dot + 1);
}

} // namespace cpestorm::cwmp
