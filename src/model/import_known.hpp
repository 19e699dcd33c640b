#pragma once

// What an importer knows about standard parameters: which values belong to one device and must be
// computed for the others, which every Inform carries, which are secret.

#include <string>
#include <string_view>

namespace cpestorm::model {

struct known_traits {
    std::string_view value = {};  // template text that replaces the export's value; empty: keep it
    bool clear = false;           // the value is of one session or device: empty
    bool inform = false;          // in every Inform (TR-069 A.3.3.1; TR-181, TR-098, TR-106)
    bool hidden = false;          // reads as ""
    std::string_view notify = {}; // a profile's "notify"; empty: normal
};

// Traits of a parameter by its full path; none for all but a few dozen.
[[nodiscard]] known_traits known_parameter(std::string_view path);

// Picks the first LAN and the first WAN interface's MACAddress, in the order of an export.
class mac_finder {
public:
    void look_at(std::string_view path);
    // "{mac}" for the LAN one, "{mac:1}" for the WAN one, empty for all others.
    [[nodiscard]] std::string token_for(std::string_view path) const;

private:
    std::string lan_, wan_;
};

// A serial number pattern from one serial number: its trailing digits (at most nine) become the
// device's index; without any, the index is appended.
[[nodiscard]] std::string serial_pattern(std::string_view serial);

} // namespace cpestorm::model
