#pragma once

// A CPE made by hand, for tests of the embedded ACS: every message can be wrong on purpose.

#include "acs/server.hpp"
#include "soap/decode.hpp"
#include "soap/encode.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::acs::test {

// A faultless Inform with the given events.
[[nodiscard]] soap::inform good_inform(std::string_view serial = "S1",
                                       std::vector<soap::event_struct> events = {
                                           {"2 PERIODIC", ""}});

[[nodiscard]] std::string bytes_of(soap::message m, std::optional<std::string> id = "cpe-1",
                                   soap::cwmp_namespace ns = soap::cwmp_namespace::cwmp_1_2);

[[nodiscard]] soap::envelope decoded(std::string_view xml);

// The number of times `phrase` was counted.
[[nodiscard]] std::uint64_t times(const counters& c, std::string_view phrase);

// started = ok + expired + replaced + refused + open.
[[nodiscard]] bool balances(const server& s);

[[nodiscard]] server_options plain_options(std::string_view script_json = R"({"on": {}})");

// Talks to a server as a browser does: keeps the cookie, fills in the headers.
class stub_cpe {
public:
    explicit stub_cpe(server& s)
        : server_(s)
    {
    }

    const http_reply& post(std::string_view body);
    const http_reply& post(soap::message m, std::optional<std::string> id = "cpe-1");
    const http_reply& empty() { return post(std::string_view()); }
    // Answers the request in the last reply, with its ID.
    const http_reply& answer(soap::message response);
    // The request in the last reply.
    [[nodiscard]] soap::message asked() const;

    std::uint64_t connection = 1;
    std::string cookie;
    std::string authorization;
    std::string_view method = "POST";
    http_reply reply;
    base::instant now{std::chrono::hours(1)};

private:
    server& server_;
};

} // namespace cpestorm::acs::test
