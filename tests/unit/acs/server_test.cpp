#include "acs/server.hpp"

#include "stub_cpe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::acs {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::MatchesRegex;

constexpr auto index_of = [](base::method m) { return static_cast<std::size_t>(m); };

TEST(server, periodic_session)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    EXPECT_EQ(cpe.reply.status, 200u);
    EXPECT_EQ(cpe.reply.content_type, "text/xml; charset=\"utf-8\"");
    EXPECT_THAT(cpe.reply.set_cookie, MatchesRegex("session=[0-9a-f]{16}"));
    EXPECT_TRUE(std::holds_alternative<soap::inform_response>(cpe.asked()));
    EXPECT_EQ(acs.sessions_open(), 1u);

    cpe.empty();
    EXPECT_EQ(cpe.reply.status, 204u);
    EXPECT_EQ(cpe.reply.body, "");
    EXPECT_EQ(cpe.reply.content_type, "");
    EXPECT_EQ(cpe.reply.set_cookie, "");
    EXPECT_EQ(acs.sessions_open(), 0u);
    EXPECT_EQ(acs.totals().sessions.ok, 1u);
    EXPECT_EQ(acs.totals().requests, 2u);
    EXPECT_EQ(acs.totals().rpcs[index_of(base::method::inform)].ok, 1u);
    EXPECT_EQ(acs.totals().events[static_cast<std::size_t>(base::event::periodic)], 1u);
    EXPECT_THAT(acs.totals().deviations, IsEmpty());
    EXPECT_TRUE(balances(acs));

    const record* device = acs.devices().find("00D09E-Class-S1");
    ASSERT_NE(device, nullptr);
    EXPECT_EQ(device->informs, 1u);
    EXPECT_EQ(device->last_inform, cpe.now);
}

// What a device would answer to the built-in script.
soap::message answer_to(const soap::message& request)
{
    if (std::holds_alternative<soap::get_rpc_methods>(request))
        return soap::get_rpc_methods_response{{"GetRPCMethods"}};
    if (const auto* m = std::get_if<soap::get_parameter_names>(&request)) {
        EXPECT_TRUE(m->path == "Device." || m->path == "Device.DeviceInfo.");
        return soap::get_parameter_names_response{{{m->path, false}}};
    }
    if (std::holds_alternative<soap::get_parameter_values>(request))
        return soap::get_parameter_values_response{};
    if (const auto* m = std::get_if<soap::set_parameter_values>(&request)) {
        EXPECT_EQ(m->parameter_key, "cpestorm-1");
        EXPECT_EQ(m->parameters.at(0).name, "Device.DeviceInfo.ProvisioningCode");
        return soap::set_parameter_values_response{};
    }
    if (std::holds_alternative<soap::set_parameter_attributes>(request))
        return soap::set_parameter_attributes_response{};
    EXPECT_TRUE(std::holds_alternative<soap::get_parameter_attributes>(request));
    return soap::get_parameter_attributes_response{};
}

TEST(server, built_in_script_runs_to_its_end)
{
    auto options = plain_options();
    options.what_to_do = nullptr;
    server acs(std::move(options));
    stub_cpe cpe(acs);
    cpe.post(good_inform("S", {{"0 BOOTSTRAP", ""}, {"1 BOOT", ""}}));
    cpe.empty();
    int requests = 0;
    for (; cpe.reply.status == 200 && requests < 100; ++requests)
        cpe.answer(answer_to(cpe.asked()));
    EXPECT_EQ(requests, 7);
    EXPECT_EQ(cpe.reply.status, 204u);
    EXPECT_EQ(acs.totals().rpcs[index_of(base::method::get_parameter_names)].ok, 2u);
    EXPECT_EQ(acs.totals().sessions.ok, 1u);
    EXPECT_EQ(acs.totals().unexpected_faults, 0u);
    EXPECT_THAT(acs.totals().deviations, IsEmpty());
}

TEST(server, instance_number_goes_into_later_steps)
{
    server acs(plain_options(R"({"on": {"*": [
        {"rpc": "AddObject", "object": "{root}T."},
        {"rpc": "DeleteObject", "object": "{root}T.{instance}."}]}})"));
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    cpe.empty();
    cpe.answer(soap::add_object_response{42, 0});
    EXPECT_EQ(std::get<soap::delete_object>(cpe.asked()).object_name, "Device.T.42.");
    cpe.answer(soap::delete_object_response{});
    EXPECT_EQ(cpe.reply.status, 204u);
}

TEST(server, faults_are_expected_or_not)
{
    server acs(plain_options(R"({"on": {"*": [
        {"rpc": "Reboot", "expect_fault": 9001},
        {"rpc": "Reboot", "expect_fault": 9001},
        {"rpc": "Reboot", "expect_fault": 9001},
        {"rpc": "Reboot"}]}})"));
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    cpe.empty();
    cpe.answer(soap::fault{9001, "no", {}});
    EXPECT_EQ(acs.totals().unexpected_faults, 0u);
    cpe.answer(soap::fault{9002, "no", {}});
    EXPECT_EQ(acs.totals().unexpected_faults, 1u);
    cpe.answer(soap::reboot_response{});
    EXPECT_EQ(acs.totals().missing_faults, 1u);
    cpe.answer(soap::fault{9001, "no", {}});
    EXPECT_EQ(acs.totals().unexpected_faults, 2u);
    EXPECT_EQ(cpe.reply.status, 204u);
    EXPECT_EQ(acs.totals().sessions.ok, 1u) << "a fault is an answer";
    EXPECT_EQ(acs.totals().rpcs[index_of(base::method::reboot)].fault, 3u);
    EXPECT_EQ(acs.totals().rpcs[index_of(base::method::reboot)].ok, 1u);
    EXPECT_EQ(acs.devices()[0].faults, 3u);
}

TEST(server, requests_of_the_cpe_come_before_its_empty_post)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    soap::transfer_complete done;
    done.start_time = done.complete_time = "2026-11-23T07:00:00Z";
    cpe.post(done);
    EXPECT_TRUE(std::holds_alternative<soap::transfer_complete_response>(cpe.asked()));
    cpe.empty();
    EXPECT_EQ(cpe.reply.status, 204u);
    EXPECT_EQ(acs.totals().rpcs[index_of(base::method::transfer_complete)].ok, 1u);
}

// --- HTTP
// -------------------------------------------------------------------------------------------

TEST(server, only_post)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.method = "GET";
    cpe.empty();
    EXPECT_EQ(cpe.reply.status, 405u);
    EXPECT_TRUE(cpe.reply.close);
    EXPECT_EQ(acs.totals().refused, 1u);
}

TEST(server, reply_is_cleared_first)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.reply = {999, "junk", "junk", "junk", "junk", true};
    cpe.method = "PUT";
    cpe.empty();
    EXPECT_EQ(cpe.reply.body + cpe.reply.set_cookie + cpe.reply.www_authenticate, "");
}

TEST(server, posts_without_a_session)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    EXPECT_EQ(cpe.empty().status, 400u);
    EXPECT_TRUE(cpe.reply.close);
    EXPECT_EQ(cpe.post(soap::reboot_response{}).status, 400u);
    EXPECT_EQ(cpe.post("junk").status, 400u);
    EXPECT_EQ(acs.totals().refused, 3u);
    EXPECT_EQ(times(acs.totals(), "first POST is no Inform"), 2u);
    EXPECT_EQ(times(acs.totals(), "body is not XML"), 1u);
    EXPECT_EQ(times(acs.totals(), "cookie of no open session"), 0u);
    for (const char* cookie : {"session=0123456789abcdef", "session=", "session=xyz", "other=1"}) {
        cpe.cookie = cookie;
        EXPECT_EQ(cpe.empty().status, 400u);
    }
    EXPECT_EQ(times(acs.totals(), "cookie of no open session"), 4u);
    EXPECT_EQ(acs.totals().sessions.started, 0u);
    EXPECT_EQ(acs.devices().size(), 0u);
}

TEST(server, cookie_among_others)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    cpe.cookie = "a=b; flag ;xsession=1;" + cpe.cookie + "; session2=3";
    EXPECT_EQ(cpe.empty().status, 204u);
}

TEST(server, cookies_are_not_guessable_from_one_another)
{
    server acs(plain_options());
    auto options = plain_options();
    options.secret += "x";
    server other(std::move(options));
    stub_cpe a(acs), b(acs), c(other);
    a.post(good_inform("A"));
    b.post(good_inform("B"));
    c.post(good_inform("A"));
    EXPECT_NE(a.cookie, b.cookie);
    EXPECT_NE(a.cookie, c.cookie);
}

TEST(server, session_goes_on_over_another_connection)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    cpe.connection = 2;
    EXPECT_EQ(cpe.empty().status, 204u);
}

TEST(server, wrong_turn_ends_the_session)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    EXPECT_EQ(cpe.post(soap::reboot_response{}).status, 400u);
    EXPECT_EQ(cpe.reply.body, "");
    EXPECT_EQ(acs.totals().sessions.refused, 1u);
    EXPECT_EQ(times(acs.totals(), "response out of turn"), 1u);
    EXPECT_EQ(cpe.empty().status, 400u) << "its cookie is no good any more";
    EXPECT_TRUE(balances(acs));
}

TEST(server, second_inform_replaces_the_session)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    stub_cpe again(acs);
    again.connection = 2;
    cpe.post(good_inform());
    again.post(good_inform());
    EXPECT_EQ(again.reply.status, 200u);
    EXPECT_EQ(acs.totals().sessions.replaced, 1u);
    EXPECT_EQ(times(acs.totals(), "Inform while the device has an open session"), 1u);
    EXPECT_EQ(cpe.empty().status, 400u);
    EXPECT_EQ(again.empty().status, 204u);
    EXPECT_TRUE(balances(acs));
}

TEST(server, second_inform_with_the_cookie_replaces_the_session)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.post(good_inform());
    const std::string first = cpe.cookie;
    cpe.post(good_inform());
    EXPECT_EQ(cpe.reply.status, 200u);
    EXPECT_NE(cpe.cookie, first);
    EXPECT_EQ(times(acs.totals(), "Inform while the device has an open session"), 1u);
    EXPECT_EQ(acs.totals().sessions.replaced, 1u);
    EXPECT_EQ(cpe.empty().status, 204u);
    EXPECT_TRUE(balances(acs));
}

TEST(server, unidentified_device_is_refused_with_a_fault)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    cpe.post(good_inform(""));
    EXPECT_EQ(cpe.reply.status, 200u);
    EXPECT_EQ(std::get<soap::fault>(cpe.asked()).code, 8003u);
    EXPECT_EQ(cpe.reply.set_cookie, "");
    EXPECT_EQ(acs.totals().sessions.refused, 1u);
    EXPECT_EQ(acs.totals().rpcs[index_of(base::method::inform)].fault, 1u);
    EXPECT_EQ(acs.devices().size(), 0u);
    EXPECT_TRUE(balances(acs));
}

TEST(server, silent_sessions_expire)
{
    server acs(plain_options());
    stub_cpe a(acs), b(acs);
    a.post(good_inform("A"));
    b.now += 20s;
    b.post(good_inform("B"));
    EXPECT_EQ(acs.expire(a.now + 30s), 0u);
    EXPECT_EQ(acs.expire(a.now + 31s), 1u);
    EXPECT_EQ(acs.totals().sessions.expired, 1u);
    EXPECT_EQ(a.empty().status, 400u);
    EXPECT_EQ(b.empty().status, 204u);
    EXPECT_TRUE(balances(acs));
}

TEST(server, session_objects_are_used_again)
{
    server acs(plain_options(R"({"on": {"1 BOOT": [{"rpc": "Reboot", "expect_fault": 9001}]}})"));
    stub_cpe boots(acs);
    boots.post(good_inform("A", {{"1 BOOT", ""}}));
    boots.empty();
    EXPECT_TRUE(std::holds_alternative<soap::reboot>(boots.asked()));
    EXPECT_EQ(boots.post("junk").status, 400u); // gives its object back with a step half done
    stub_cpe next(acs);
    next.post(good_inform("B"));
    EXPECT_EQ(next.empty().status, 204u);
    EXPECT_EQ(acs.totals().missing_faults, 0u);
}

// --- connection requests
// ------------------------------------------------------------------------------

TEST(server, gives_the_connection_request_login)
{
    auto options = plain_options();
    options.connection_request_login.password = "pw";
    server acs(std::move(options));
    stub_cpe cpe(acs);
    const std::string id = "00D09E-Class-S1";

    EXPECT_FALSE(acs.connection_request_target(id));
    cpe.post(good_inform());
    cpe.empty();
    const auto request = std::get<soap::set_parameter_values>(cpe.asked());
    ASSERT_EQ(request.parameters.size(), 2u);
    EXPECT_EQ(request.parameters[0].name, "Device.ManagementServer.ConnectionRequestUsername");
    EXPECT_EQ(request.parameters[0].value, id);
    EXPECT_EQ(request.parameters[1].name, "Device.ManagementServer.ConnectionRequestPassword");
    EXPECT_EQ(request.parameters[1].value, "pw");
    EXPECT_EQ(request.parameter_key, "key") << "stays what it was";
    EXPECT_FALSE(acs.devices()[0].has_login);
    cpe.answer(soap::set_parameter_values_response{});
    EXPECT_EQ(cpe.reply.status, 204u);
    EXPECT_TRUE(acs.devices()[0].has_login);

    cpe.post(good_inform());
    EXPECT_EQ(cpe.empty().status, 204u) << "only once";
    cpe.post(good_inform("S1", {{"0 BOOTSTRAP", ""}}));
    EXPECT_EQ(cpe.empty().status, 200u) << "but again after a bootstrap";

    const auto target = acs.connection_request_target(id);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->url, "http://127.0.0.1:7548/cr");
    EXPECT_EQ(target->login.username, id);
    EXPECT_EQ(target->login.password, "pw");
}

TEST(server, connection_request_target_without_login)
{
    server acs(plain_options());
    stub_cpe cpe(acs);
    soap::inform inform = good_inform();
    inform.parameters.erase(inform.parameters.begin() + 2);
    cpe.post(inform);
    EXPECT_FALSE(acs.connection_request_target("00D09E-Class-S1")) << "no URL told";
    cpe.post(good_inform());
    const auto target = acs.connection_request_target("00D09E-Class-S1");
    ASSERT_TRUE(target);
    EXPECT_TRUE(target->login.empty());
}

} // namespace
} // namespace cpestorm::acs
