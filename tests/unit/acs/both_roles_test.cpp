// The embedded ACS against the CPE's session machine: neither may find a deviation in the other.

#include "acs/server.hpp"
#include "cwmp/cpe_session.hpp"
#include "stub_cpe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::acs {
namespace {

using test::good_inform;
using test::plain_options;
using testing::IsEmpty;

// Answers every request with a success.
struct obliging_device {
    soap::message operator()(const soap::get_rpc_methods&) const
    {
        return soap::get_rpc_methods_response{{"GetRPCMethods"}};
    }
    soap::message operator()(const soap::get_parameter_names& m) const
    {
        return soap::get_parameter_names_response{{{m.path, false}}};
    }
    soap::message operator()(const soap::get_parameter_values&) const
    {
        return soap::get_parameter_values_response{};
    }
    soap::message operator()(const soap::set_parameter_values&) const
    {
        return soap::set_parameter_values_response{};
    }
    soap::message operator()(const soap::set_parameter_attributes&) const
    {
        return soap::set_parameter_attributes_response{};
    }
    soap::message operator()(const soap::get_parameter_attributes&) const
    {
        return soap::get_parameter_attributes_response{};
    }
    template <class Other>
    soap::message operator()(const Other&) const
    {
        return soap::fault{9000, "Method not supported", {}};
    }
};

// Runs one session of the CPE's machine against the server, on connection `number`.
const cwmp::session_result& run(cwmp::cpe_session& cpe, server& acs,
                                const cwmp::session_options& options, const soap::inform& inform,
                                const std::vector<soap::message>& requests, std::uint64_t number)
{
    http_reply reply;
    auto action = cpe.start(options, inform, requests, 0x1234'5678'9abc'def0 + number);
    for (int i = 0; i < 100 && !std::holds_alternative<cwmp::finish>(action); ++i) {
        if (const auto* asked = std::get_if<cwmp::answer>(&action)) {
            action = cpe.on_answer(std::visit(obliging_device(), *asked->request));
            continue;
        }
        const auto& post = std::get<cwmp::post>(action);
        http_request request;
        request.method = "POST";
        request.target = "/acs";
        request.authorization = post.authorization;
        request.cookie = post.cookie;
        request.body = post.body;
        request.connection = number;
        if (!post.body.empty()) {
            request.content_type = "text/xml";
            request.has_soap_action = true;
        }
        acs.handle(request, base::instant{std::chrono::hours(1)}, reply);

        const std::string_view challenge = reply.www_authenticate;
        const std::string_view cookie = reply.set_cookie;
        cwmp::http_reply heard;
        heard.status = reply.status;
        heard.body = reply.body;
        if (!challenge.empty()) heard.www_authenticate = std::span(&challenge, 1);
        if (!cookie.empty()) heard.set_cookie = std::span(&cookie, 1);
        heard.closed = reply.close;
        action = cpe.on_reply(heard);
    }
    return cpe.result();
}

class both_roles : public testing::Test {
protected:
    static server_options with_everything()
    {
        auto o = plain_options();
        o.what_to_do = nullptr;
        o.login = {"cpe", "secret"};
        o.connection_request_login.password = "pw";
        return o;
    }
    server acs{with_everything()};
    cwmp::cpe_session cpe;
    cwmp::session_options options{.acs_url = "http://127.0.0.1:7547/acs",
                                  .acs_login = {"cpe", "secret"}};
};

TEST_F(both_roles, agree_on_a_bootstrap)
{
    const auto inform = good_inform("S", {{"0 BOOTSTRAP", ""}, {"1 BOOT", ""}});
    const auto& result = run(cpe, acs, options, inform, {}, 1);
    EXPECT_TRUE(result.ok) << result.detail;
    EXPECT_THAT(result.deviations, IsEmpty());
    EXPECT_THAT(acs.totals().deviations, IsEmpty());
    EXPECT_EQ(acs.totals().sessions.ok, 1u);
    EXPECT_EQ(acs.totals().challenged, 1u);
    EXPECT_EQ(acs.totals().unexpected_faults, 0u);
    EXPECT_TRUE(acs.devices()[0].has_login);
    // Inform twice (challenge), empty POST, the login and the seven steps of the script.
    EXPECT_EQ(acs.totals().requests, 2u + 1u + 1u + 7u);
}

TEST_F(both_roles, agree_on_a_finished_transfer)
{
    soap::transfer_complete done;
    done.command_key = "d";
    done.start_time = done.complete_time = "2026-11-23T07:00:00Z";
    const auto inform = good_inform("S", {{"7 TRANSFER COMPLETE", ""}, {"M Download", "d"}});
    const auto& result = run(cpe, acs, options, inform, {done}, 1);
    EXPECT_TRUE(result.ok) << result.detail;
    EXPECT_EQ(result.acknowledged, std::vector<bool>{true});
    EXPECT_THAT(result.deviations, IsEmpty());
    EXPECT_THAT(acs.totals().deviations, IsEmpty());
}

TEST_F(both_roles, wrong_password_fails_the_session)
{
    options.acs_login.password = "guess";
    const auto& result = run(cpe, acs, options, good_inform(), {}, 1);
    EXPECT_FALSE(result.ok);
    EXPECT_EQ(result.reason, base::failure_reason::auth);
    EXPECT_EQ(acs.totals().unauthorized, 1u);
    EXPECT_EQ(acs.devices().size(), 0u);
}

TEST_F(both_roles, many_sessions_balance)
{
    for (std::uint64_t i = 0; i < 500; ++i) {
        const auto inform = good_inform("S" + std::to_string(i % 50));
        EXPECT_TRUE(run(cpe, acs, options, inform, {}, i).ok);
    }
    EXPECT_EQ(acs.totals().sessions.ok, 500u);
    EXPECT_EQ(acs.devices().size(), 50u);
    EXPECT_THAT(acs.totals().deviations, IsEmpty());
    EXPECT_TRUE(test::balances(acs));
}

} // namespace
} // namespace cpestorm::acs
