#include "support/session_script.hpp"

#include <gmock/gmock.h>

namespace cpestorm::cwmp {
namespace {

using base::failure_reason;
using soap::cwmp_namespace;
using test::acs_header;
using test::seen_post;
using test::session_script;
using test::transfer;
using testing::ElementsAre;
using testing::HasSubstr;

const soap::message get_values = soap::get_parameter_values{{"Device."}};

// A script that has its Inform answered already.
session_script informed()
{
    session_script s;
    s.expect_post("Inform").reply(soap::inform_response{});
    return s;
}

TEST(cpe_session_replies, S07_the_namespace_of_the_answer_decides)
{
    for (const auto ns :
         {cwmp_namespace::cwmp_1_0, cwmp_namespace::cwmp_1_1, cwmp_namespace::cwmp_1_2}) {
        session_script s;
        s.requests = {transfer("a")};
        s.expect_post("Inform", [](const seen_post& p) {
             EXPECT_EQ(p.envelope.ns, cwmp_namespace::cwmp_1_2);
         }).reply(soap::inform_response{}, acs_header{.ns = ns});
        s.expect_post("TransferComplete", [ns](const seen_post& p) {
             EXPECT_EQ(p.envelope.ns, ns);
             EXPECT_EQ(p.envelope.supported_versions, "") << "of an Inform only";
         }).reply(soap::transfer_complete_response{});
        s.expect_empty_post().reply(204);
        s.expect_ok();
    }
}

TEST(cpe_session_replies, S07_the_header_decides_if_it_is_there)
{
    const std::pair<std::string, cwmp_namespace> versions[] = {{"1.0", cwmp_namespace::cwmp_1_0},
                                                               {"1.1", cwmp_namespace::cwmp_1_1},
                                                               {"1.2", cwmp_namespace::cwmp_1_2},
                                                               {"1.3", cwmp_namespace::cwmp_1_2},
                                                               {"1.4", cwmp_namespace::cwmp_1_2}};
    for (const auto& [version, expected] : versions) {
        session_script s;
        s.requests = {transfer("a")};
        s.expect_post("Inform").reply(soap::inform_response{}, acs_header{.use_version = version});
        s.expect_post("TransferComplete", [ns = expected](const seen_post& p) {
             EXPECT_EQ(p.envelope.ns, ns);
         }).reply(soap::transfer_complete_response{});
        s.expect_empty_post().reply(204);
        s.expect_ok();
    }
}

TEST(cpe_session_replies, S07_a_version_that_was_not_offered_fails)
{
    for (const auto* version : {"2.0", "1", "1.4"}) {
        session_script s;
        s.options.supported_versions = "1.0, 1.1,1.2";
        s.expect_post("Inform").reply(soap::inform_response{}, acs_header{.use_version = version});
        EXPECT_FALSE(s.expect_failure(failure_reason::protocol).inform_acknowledged);
    }
}

TEST(cpe_session_replies, VER1_an_older_cpe)
{
    session_script s;
    s.options.ns = cwmp_namespace::cwmp_1_0;
    s.options.supported_versions = "";
    s.expect_post("Inform", [](const seen_post& p) {
         EXPECT_EQ(p.envelope.ns, cwmp_namespace::cwmp_1_0);
         EXPECT_THAT(p.body, testing::Not(HasSubstr("SupportedCWMPVersions")));
     }).reply(soap::inform_response{}, acs_header{.ns = cwmp_namespace::cwmp_1_0});
    s.expect_empty_post().reply(204);
    s.expect_ok();
}

TEST(cpe_session_replies, SES7_a_wrong_id_is_only_a_deviation)
{
    session_script s;
    s.expect_post("Inform").reply(soap::inform_response{}, acs_header{.id = "another"});
    s.expect_empty_post().reply(204);
    EXPECT_THAT(s.expect_ok().deviations, ElementsAre(deviation::other_id));
}

TEST(cpe_session_replies, TOL15_S06_out_of_turn)
{
    const soap::message wrong_for_inform[] = {get_values, soap::transfer_complete_response{},
                                              soap::unknown_method{"X"}};
    for (const auto& m : wrong_for_inform) {
        session_script s;
        s.expect_post("Inform").reply(m);
        s.expect_failure(failure_reason::protocol);
    }
    session_script nothing;
    nothing.expect_post("Inform").reply(204);
    EXPECT_THAT(nothing.expect_failure(failure_reason::protocol).detail, HasSubstr("nothing"));

    const soap::message wrong_for_request[] = {soap::inform_response{},
                                               soap::get_rpc_methods_response{}};
    for (const auto& m : wrong_for_request) {
        auto s = informed();
        s.requests = {transfer("a")};
        s.expect_post("TransferComplete").reply(m);
        const auto& r = s.expect_failure(failure_reason::protocol);
        EXPECT_TRUE(r.inform_acknowledged);
        EXPECT_THAT(r.acknowledged, ElementsAre(false));
    }
    auto empty = informed();
    empty.requests = {transfer("a")};
    empty.expect_post("TransferComplete").reply(204);
    empty.expect_failure(failure_reason::protocol);

    const soap::message wrong_for_empty[] = {soap::inform_response{}, soap::fault{8001, "", {}},
                                             soap::fault{8005, "", {}}};
    for (const auto& m : wrong_for_empty) {
        auto s = informed();
        s.expect_empty_post().reply(m);
        s.expect_failure(failure_reason::protocol);
    }
}

TEST(cpe_session_replies, SES8_bad_arguments_are_answered_with_9003)
{
    constexpr auto body =
        R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
        xmlns:c="urn:dslforum-org:cwmp-1-1">
        <s:Header><c:ID s:mustUnderstand="1">77</c:ID></s:Header>
        <s:Body><c:GetParameterValues/></s:Body></s:Envelope>)";
    auto s = informed();
    s.expect_empty_post().reply(200, body);
    s.expect_post("Fault", [](const seen_post& p) {
         const auto& f = std::get<soap::fault>(p.envelope.message);
         EXPECT_EQ(f.code, 9003u);
         EXPECT_THAT(f.text, HasSubstr("ParameterNames"));
         EXPECT_EQ(p.envelope.id, "77");
         EXPECT_EQ(p.envelope.ns, cwmp_namespace::cwmp_1_1);
     }).reply(204);
    s.expect_ok();
    s.fail_every_step();

    session_script first;
    first.expect_post("Inform").reply(200, body);
    first.expect_failure(failure_reason::protocol);
}

TEST(cpe_session_replies, H22_an_unknown_header_that_must_be_understood)
{
    constexpr auto envelope = [](std::string_view method) {
        return R"(<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:c="urn:dslforum-org:cwmp-1-2"><s:Header><c:ID s:mustUnderstand="1">5</c:ID>
            <x:Odd xmlns:x="urn:x" s:mustUnderstand="1"/></s:Header><s:Body><c:)" +
               std::string(method) + "/></s:Body></s:Envelope>";
    };
    auto s = informed();
    s.expect_empty_post().reply(200, envelope("GetRPCMethods"));
    s.expect_post("Fault", [](const seen_post& p) {
         EXPECT_EQ(std::get<soap::fault>(p.envelope.message).code, 9003u);
         EXPECT_EQ(p.envelope.id, "5");
     }).reply(204);
    s.expect_ok();

    session_script response;
    response.expect_post("Inform").reply(200, envelope("InformResponse"));
    response.expect_failure(failure_reason::soap_parse);
}

TEST(cpe_session_replies, H21_what_is_no_soap_fails_and_is_quoted)
{
    session_script html;
    html.expect_post("Inform").reply(200,
                                     "<html>\n<h1>Welcome to the intranet of Example Corp, the "
                                     "best of all corporations</h1></html>");
    const auto& detail = html.expect_failure(failure_reason::soap_parse).detail;
    EXPECT_THAT(detail, HasSubstr("\"<html><h1>Welcome to the intranet"));
    EXPECT_THAT(detail, testing::Not(HasSubstr("corporations")));
    for (const auto* body : {"<a", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "\x01", "{}"}) {
        session_script s;
        s.expect_post("Inform").reply(200, body);
        s.expect_failure(failure_reason::soap_parse);
    }
}

} // namespace
} // namespace cpestorm::cwmp
