#pragma once

// What the embedded ACS asks a device in a session, by the event that the Inform reports. Written
// by users as JSON (docs/acs-script.md).

#include "base/error.hpp"
#include "soap/rpc.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::acs {

// One request to the CPE.
struct step {
    soap::message request;                // "{root}" and "{instance}" are still in its texts
    std::optional<unsigned> expect_fault; // CPE fault code that is the wanted answer
};

// What stands for "{root}" and "{instance}" in one session.
struct placeholders {
    std::string_view root;      // "Device." or "InternetGatewayDevice."
    std::uint32_t instance = 0; // InstanceNumber of the last AddObjectResponse
};

// The request of a step with its placeholders replaced.
[[nodiscard]] soap::message fill_in(const step& s, const placeholders& p);

class script {
public:
    // `name` is the file name used in diagnostics, which give line and column.
    [[nodiscard]] static base::checked<script> parse(std::string name, std::string_view json);
    [[nodiscard]] static base::checked<script> load(const std::string& path);

    // Looks around in a device that bootstraps and sets its ProvisioningCode.
    [[nodiscard]] static std::shared_ptr<const script> built_in();
    [[nodiscard]] static std::string_view built_in_text() noexcept; // its JSON

    // The steps under the first of the events (in the order of the Inform) that has a key; else
    // those under "*"; else none. The view lives as long as the script.
    [[nodiscard]] std::span<const step>
    steps_for(std::span<const soap::event_struct> events) const noexcept;

private:
    struct entry {
        std::string event; // "0 BOOTSTRAP" or "*"
        std::vector<step> steps;
    };
    std::vector<entry> entries_;
};

} // namespace cpestorm::acs
