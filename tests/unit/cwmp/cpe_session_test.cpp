#include "base/limits.hpp"
#include "support/session_script.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace cpestorm::cwmp {
namespace {

using base::failure_reason;
using soap::cwmp_namespace;
using test::acs_header;
using test::seen_post;
using test::session_script;
using test::transfer;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const soap::message get_values = soap::get_parameter_values{{"Device."}};
const soap::message values = soap::get_parameter_values_response{{{"Device.X", "1"}}};

// A script that has its Inform answered already.
session_script informed()
{
    session_script s;
    s.expect_post("Inform").reply(soap::inform_response{});
    return s;
}

TEST(cpe_session, S01_S04_inform_then_empty_post_then_204)
{
    session_script s;
    s.expect_post("Inform", [&s](const seen_post& p) {
         EXPECT_EQ(p.url, "http://acs.example:7547/cwmp");
         EXPECT_EQ(std::get<soap::inform>(p.envelope.message), test::sample_inform());
         EXPECT_EQ(p.envelope.supported_versions, "1.0,1.1,1.2,1.3,1.4");
         EXPECT_TRUE(p.envelope.id);
         EXPECT_EQ(p.authorization, "");
         EXPECT_EQ(p.cookie, "");
         EXPECT_EQ(s.outstanding(), base::method::inform);
     }).reply(soap::inform_response{});
    s.expect_empty_post([&s](const seen_post&) {
         EXPECT_EQ(s.outstanding(), base::method::other);
     }).reply(204);
    const auto& r = s.expect_ok();
    EXPECT_EQ(r.messages, 2u);
    EXPECT_EQ(r.http_status, 204u);
    EXPECT_THAT(r.deviations, IsEmpty());
    s.fail_every_step();
}

TEST(cpe_session, H14_HTTP6_an_empty_200_is_a_204)
{
    for (const auto* body : {"", " \r\n\t"}) {
        auto s = informed();
        s.expect_empty_post().reply(200, body);
        s.expect_ok();
    }
    auto s = informed();
    s.expect_empty_post().reply(204, "<bytes nobody wants>");
    s.expect_ok();
}

TEST(cpe_session, H17_S04_requests_are_answered_with_their_id_and_namespace)
{
    auto s = informed();
    s.expect_empty_post().reply(get_values,
                                acs_header{.id = " 7&<a>", .ns = cwmp_namespace::cwmp_1_0});
    s.expect_answer("GetParameterValues", values);
    s.expect_post("GetParameterValuesResponse", [](const seen_post& p) {
         EXPECT_EQ(p.envelope.id, " 7&<a>");
         EXPECT_EQ(p.envelope.ns, cwmp_namespace::cwmp_1_0);
         EXPECT_EQ(p.envelope.message, values);
         EXPECT_EQ(p.envelope.supported_versions, "");
     }).reply(soap::reboot{"key"}, acs_header{.id = "2"});
    s.expect_answer("Reboot", soap::fault{9001, "denied", {}});
    s.expect_post("Fault", [&s](const seen_post& p) {
         EXPECT_EQ(p.envelope.id, "2");
         EXPECT_EQ(std::get<soap::fault>(p.envelope.message).code, 9001u);
         EXPECT_EQ(s.outstanding(), base::method::other);
     }).reply(soap::get_rpc_methods{}, acs_header{});
    s.expect_answer("GetRPCMethods", soap::get_rpc_methods_response{});
    s.expect_post("GetRPCMethodsResponse", [](const seen_post& p) {
         EXPECT_FALSE(p.envelope.id) << "absent when absent";
     }).reply(204);
    s.expect_ok();
    s.fail_every_step();
}

TEST(cpe_session, S05_an_unknown_method_goes_to_the_device)
{
    auto s = informed();
    s.expect_empty_post().reply(soap::unknown_method{"X_Vendor_Jump"}, acs_header{.id = "x"});
    s.expect_answer("X_Vendor_Jump", soap::fault{9000, "", {}});
    s.expect_post("Fault").reply(204);
    s.expect_ok();
}

TEST(cpe_session, E07_E08_requests_of_the_cpe_in_order)
{
    auto s = informed();
    s.requests = {transfer("a"), soap::get_rpc_methods{}, transfer("b")};
    std::vector<std::string> ids;
    const auto note = [&](const seen_post& p) { ids.push_back(p.envelope.id.value_or("")); };
    s.expect_post("TransferComplete", [&](const seen_post& p) {
         EXPECT_EQ(std::get<soap::transfer_complete>(p.envelope.message).command_key, "a");
         EXPECT_EQ(s.outstanding(), base::method::transfer_complete);
         note(p);
     }).reply(soap::transfer_complete_response{});
    s.expect_post("GetRPCMethods", note).reply(soap::get_rpc_methods_response{{"Inform"}});
    s.expect_post("TransferComplete", note).reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(get_values);
    s.expect_answer("GetParameterValues", values);
    s.expect_post("GetParameterValuesResponse").reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(true, true, true));
    ASSERT_EQ(ids.size(), 3u);
    EXPECT_NE(ids[0], ids[1]);
    EXPECT_NE(ids[1], ids[2]);
    s.fail_every_step();
}

TEST(cpe_session, S01_fault_8005_on_the_inform_repeats_every_byte)
{
    session_script s;
    std::vector<std::string> bodies;
    const auto note = [&bodies](const seen_post& p) { bodies.push_back(p.body); };
    s.expect_post("Inform", note).reply(soap::fault{8005, "busy", {}});
    s.expect_post("Inform", note).reply(soap::fault{8005, "busy", {}}, acs_header{.hold = true});
    s.expect_post("Inform", note).reply(soap::inform_response{});
    s.expect_empty_post().reply(204);
    s.expect_ok();
    ASSERT_EQ(bodies.size(), 3u);
    EXPECT_EQ(bodies[0], bodies[1]);
    EXPECT_EQ(bodies[0], bodies[2]);
    s.fail_every_step();
}

TEST(cpe_session, S01_fault_8005_for_ever_is_a_fault)
{
    session_script s;
    for (unsigned i = 0; i <= base::limits::retry_request_faults; ++i)
        s.expect_post("Inform").reply(soap::fault{8005, "busy", {}});
    EXPECT_EQ(s.expect_failure(failure_reason::cwmp_fault).fault_code, 8005u);
}

TEST(cpe_session, S01_other_faults_on_the_inform_end_the_session)
{
    for (const unsigned code : {8000u, 8001u, 8002u, 8003u, 8004u, 8006u, 8800u, 0u})
        for (const unsigned status : {200u, 500u}) {
            session_script s;
            s.expect_post("Inform").reply(soap::fault{code, "no", {}}, acs_header{}, status);
            const auto& r = s.expect_failure(failure_reason::cwmp_fault);
            EXPECT_EQ(r.fault_code, code);
            EXPECT_EQ(r.http_status, status);
            EXPECT_FALSE(r.inform_acknowledged);
            const bool noted = std::ranges::count(r.deviations, deviation::fault_status) == 1;
            EXPECT_EQ(noted, status == 500);
        }
}

TEST(cpe_session, P16_fault_8005_on_a_request_repeats_it)
{
    auto s = informed();
    s.requests = {transfer("a"), transfer("b")};
    std::string first;
    s.expect_post("TransferComplete", [&first](const seen_post& p) {
         first = p.body;
     }).reply(soap::fault{8005, "busy", {}});
    s.expect_post("TransferComplete", [&first](const seen_post& p) {
         EXPECT_EQ(p.body, first);
     }).reply(soap::transfer_complete_response{});
    s.expect_post("TransferComplete", [&first](const seen_post& p) {
         EXPECT_NE(p.body, first);
     }).reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(true, true));
    s.fail_every_step();
}

TEST(cpe_session, P16_fault_8005_with_hold_repeats_after_the_hold)
{
    auto s = informed();
    s.requests = {transfer("a")};
    std::string first;
    s.expect_post("TransferComplete", [&first](const seen_post& p) {
         first = p.body;
     }).reply(soap::fault{8005, "busy", {}}, acs_header{.hold = true});
    s.expect_empty_post().reply(get_values);
    s.expect_answer("GetParameterValues", values);
    s.expect_post("GetParameterValuesResponse").reply(204);
    s.expect_post("TransferComplete", [&first](const seen_post& p) {
         EXPECT_EQ(p.body, first);
     }).reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(true));
}

TEST(cpe_session, E07_P16_another_fault_on_a_request_leaves_it_unacknowledged)
{
    auto s = informed();
    s.requests = {transfer("a"), transfer("b")};
    s.expect_post("TransferComplete").reply(soap::fault{8001, "no", {}});
    s.expect_post("TransferComplete").reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(false, true));
}

TEST(cpe_session, P16_fault_8005_for_ever_gives_the_request_up)
{
    auto s = informed();
    s.requests = {transfer("a"), transfer("b")};
    for (unsigned i = 0; i <= base::limits::retry_request_faults; ++i)
        s.expect_post("TransferComplete").reply(soap::fault{8005, "busy", {}});
    s.expect_post("TransferComplete").reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(false, true));
}

TEST(cpe_session, S02_hold_requests)
{
    session_script s;
    s.requests = {transfer("a")};
    s.expect_post("Inform").reply(soap::inform_response{}, acs_header{.hold = true});
    s.expect_empty_post().reply(get_values, acs_header{.id = "1", .hold = true});
    s.expect_answer("GetParameterValues", values);
    s.expect_post("GetParameterValuesResponse").reply(204);
    s.expect_post("TransferComplete").reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(true));
    s.fail_every_step();
}

TEST(cpe_session, S02_an_empty_answer_ends_the_hold)
{
    session_script s;
    s.expect_post("Inform").reply(soap::inform_response{}, acs_header{.hold = true});
    s.expect_empty_post().reply(204);
    s.expect_empty_post().reply(204);
    s.expect_ok();
}

TEST(cpe_session, TOL16_a_request_in_place_of_a_response_is_answered_first)
{
    auto s = informed();
    s.requests = {transfer("a")};
    s.expect_post("TransferComplete").reply(get_values, acs_header{.id = "1"});
    s.expect_answer("GetParameterValues", values);
    s.expect_post("GetParameterValuesResponse", [](const seen_post& p) {
         EXPECT_EQ(p.envelope.id, "1");
     }).reply(get_values, acs_header{.id = "2"});
    s.expect_answer("GetParameterValues", soap::fault{9002, "", {}});
    s.expect_post("Fault").reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    const auto& r = s.expect_ok();
    EXPECT_THAT(r.acknowledged, ElementsAre(true));
    EXPECT_THAT(r.deviations, Contains(deviation::request_first));
    s.fail_every_step();
}

TEST(cpe_session, TOL16_a_response_that_never_comes)
{
    auto s = informed();
    s.requests = {transfer("a"), transfer("b")};
    s.expect_post("TransferComplete").reply(get_values);
    s.expect_answer("GetParameterValues", values);
    s.expect_post("GetParameterValuesResponse").reply(204);
    s.expect_post("TransferComplete").reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(false, true));
}

TEST(cpe_session, TOL16_fault_8005_after_a_request_repeats_ours)
{
    auto s = informed();
    s.requests = {transfer("a")};
    std::string first;
    s.expect_post("TransferComplete", [&first](const seen_post& p) {
         first = p.body;
     }).reply(get_values);
    s.expect_answer("GetParameterValues", values);
    s.expect_post("GetParameterValuesResponse").reply(soap::fault{8005, "busy", {}});
    s.expect_post("TransferComplete", [&first](const seen_post& p) {
         EXPECT_EQ(p.body, first);
     }).reply(soap::transfer_complete_response{});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().acknowledged, ElementsAre(true));
}

TEST(cpe_session, R05_what_was_acknowledged_before_a_failure_is_known)
{
    auto s = informed();
    s.requests = {transfer("a"), transfer("b")};
    s.expect_post("TransferComplete").reply(soap::transfer_complete_response{});
    s.expect_post("TransferComplete").reply(503);
    const auto& r = s.expect_failure(failure_reason::http_5xx);
    EXPECT_TRUE(r.inform_acknowledged);
    EXPECT_THAT(r.acknowledged, ElementsAre(true, false));
}

TEST(cpe_session, an_acs_that_never_ends_is_stopped)
{
    auto s = informed();
    s.expect_empty_post().reply(get_values);
    for (unsigned i = 2; i != base::limits::session_messages; ++i) {
        s.expect_answer("GetParameterValues", soap::fault{9002, "", {}});
        s.expect_post("Fault").reply(get_values);
    }
    s.expect_answer("GetParameterValues", soap::fault{9002, "", {}});
    EXPECT_EQ(s.expect_failure(failure_reason::protocol).messages, base::limits::session_messages);
}

TEST(cpe_session, can_be_used_again)
{
    cpe_session machine;
    const session_options options{.acs_url = "http://a/", .acs_login = {}};
    const auto inform = test::sample_inform();
    const std::vector<soap::message> none;
    const std::vector<soap::message> one{transfer("a")};
    auto next = machine.start(options, inform, one, 1);
    const std::string first(std::get<post>(next).body);
    next = machine.on_error(failure_reason::read_timeout, "nothing came");
    ASSERT_TRUE(std::holds_alternative<finish>(next));
    EXPECT_THAT(machine.result().acknowledged, ElementsAre(false));
    next = machine.start(options, inform, none, 1);
    ASSERT_TRUE(std::holds_alternative<post>(next));
    EXPECT_EQ(std::get<post>(next).body, first) << "the same draw, the same bytes";
    EXPECT_EQ(machine.result().detail, "");
    EXPECT_THAT(machine.result().acknowledged, IsEmpty());
    next = machine.start(options, inform, none, 2);
    EXPECT_NE(std::get<post>(next).body, first) << "another draw, another ID";
}

} // namespace
} // namespace cpestorm::cwmp
