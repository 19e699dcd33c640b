#include "stub_cpe.hpp"

#include <gtest/gtest.h>

namespace cpestorm::acs::test {

soap::inform good_inform(std::string_view serial, std::vector<soap::event_struct> events)
{
    soap::inform m;
    m.device = {"Maker", "00D09E", "Class", std::string(serial)};
    m.events = std::move(events);
    m.current_time = "2026-11-23T08:00:00+01:00";
    m.parameters = {
        {"Device.DeviceInfo.HardwareVersion", "1", soap::value_type::string, true},
        {"Device.DeviceInfo.SoftwareVersion", "2.0", soap::value_type::string, true},
        {"Device.ManagementServer.ConnectionRequestURL", "http://127.0.0.1:7548/cr",
         soap::value_type::string, true},
        {"Device.ManagementServer.ParameterKey", "key", soap::value_type::string, true},
    };
    return m;
}

std::string bytes_of(soap::message m, std::optional<std::string> id, soap::cwmp_namespace ns)
{
    soap::envelope e;
    e.id = std::move(id);
    e.ns = ns;
    e.message = std::move(m);
    std::string out;
    soap::encode(out, e);
    return out;
}

soap::envelope decoded(std::string_view xml)
{
    auto e = soap::decode(xml);
    EXPECT_TRUE(e) << xml;
    return e ? std::move(*e) : soap::envelope{};
}

std::uint64_t times(const counters& c, std::string_view phrase)
{
    for (const auto& d : c.deviations)
        if (d.phrase == phrase) return d.times;
    return 0;
}

bool balances(const server& s)
{
    const auto& n = s.totals().sessions;
    return n.started == n.ok + n.expired + n.replaced + n.refused + s.sessions_open();
}

server_options plain_options(std::string_view script_json)
{
    auto parsed = script::parse("test.json", script_json);
    EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().text());
    server_options options;
    options.what_to_do = std::make_shared<const script>(std::move(*parsed));
    options.secret = "0123456789abcdef0123456789abcdef";
    return options;
}

const http_reply& stub_cpe::post(std::string_view body)
{
    http_request request;
    request.method = method;
    request.target = "/acs";
    request.authorization = authorization;
    request.cookie = cookie;
    request.body = body;
    request.connection = connection;
    if (!body.empty()) {
        request.content_type = "text/xml; charset=utf-8";
        request.has_soap_action = true;
    }
    server_.handle(request, now, reply);
    if (!reply.set_cookie.empty()) cookie = reply.set_cookie;
    return reply;
}

const http_reply& stub_cpe::post(soap::message m, std::optional<std::string> id)
{
    return post(bytes_of(std::move(m), std::move(id)));
}

const http_reply& stub_cpe::answer(soap::message response)
{
    return post(std::move(response), decoded(reply.body).id);
}

soap::message stub_cpe::asked() const
{
    return decoded(reply.body).message;
}

} // namespace cpestorm::acs::test
