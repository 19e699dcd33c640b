#include "cwmp/acs_session.hpp"

#include "stub_cpe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace cpestorm::cwmp {
namespace {

using acs::test::bytes_of;
using acs::test::decoded;
using acs::test::good_inform;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// A session and what it answered last.
struct talk {
    acs_session session;
    acs_action action = acs_action::refuse;
    std::string out;

    talk() { session.start(); }

    void post(std::string_view body)
    {
        out.clear();
        action = session.on_post({body, !body.empty(), !body.empty(), !body.empty()}, out);
    }
    void post(soap::message m, std::optional<std::string> id = "cpe-1")
    {
        post(bytes_of(std::move(m), std::move(id)));
    }
    void empty() { post(std::string_view()); }
    void ask(soap::message request)
    {
        out.clear();
        session.ask(std::move(request), out);
    }
    // Inform and empty POST: the ACS's turn.
    static talk at_acs_turn()
    {
        talk t;
        t.post(good_inform());
        t.empty();
        return t;
    }
    std::vector<std::string_view> deviations() const
    {
        return {session.deviations().begin(), session.deviations().end()};
    }
};

TEST(acs_session, faultless_session_has_no_deviation)
{
    talk t;
    t.post(good_inform());
    EXPECT_EQ(t.action, acs_action::reply);
    EXPECT_TRUE(t.session.established());
    EXPECT_EQ(decoded(t.out).id, "cpe-1");
    EXPECT_TRUE(std::holds_alternative<soap::inform_response>(decoded(t.out).message));
    EXPECT_THAT(t.deviations(), IsEmpty());

    t.empty();
    EXPECT_EQ(t.action, acs_action::ask);
    t.ask(soap::reboot{"r1"});
    const auto request = decoded(t.out);
    EXPECT_EQ(std::get<soap::reboot>(request.message).command_key, "r1");

    t.post(soap::reboot_response{}, request.id);
    EXPECT_EQ(t.action, acs_action::ask);
    ASSERT_TRUE(t.session.answered());
    EXPECT_EQ(t.session.answered()->method, base::method::reboot);
    EXPECT_FALSE(t.session.answered()->faulted);
    EXPECT_THAT(t.deviations(), IsEmpty());

    EXPECT_FALSE(t.session.over());
    t.session.finish();
    EXPECT_TRUE(t.session.succeeded());
}

TEST(acs_session, serves_the_requests_of_a_cpe)
{
    talk t;
    t.post(good_inform());
    soap::transfer_complete done;
    done.start_time = done.complete_time = "2026-11-23T07:00:00Z";
    t.post(done, "tc");
    EXPECT_EQ(decoded(t.out).id, "tc");
    EXPECT_TRUE(std::holds_alternative<soap::transfer_complete_response>(decoded(t.out).message));
    EXPECT_EQ(t.session.served()->method, base::method::transfer_complete);

    t.post(soap::get_rpc_methods{});
    const auto methods = decoded(t.out).message;
    EXPECT_THAT(std::get<soap::get_rpc_methods_response>(methods).methods,
                ElementsAre("Inform", "TransferComplete", "GetRPCMethods"));
    EXPECT_THAT(t.deviations(), IsEmpty());
}

TEST(acs_session, unknown_and_foreign_methods_get_fault_8000)
{
    talk t;
    t.post(good_inform());
    for (const soap::message& m :
         {soap::message(soap::unknown_method{"X_Do"}), soap::message(soap::reboot{"r"})}) {
        t.post(m, "u");
        EXPECT_EQ(t.action, acs_action::reply);
        EXPECT_EQ(std::get<soap::fault>(decoded(t.out).message).code, 8000u);
        EXPECT_EQ(decoded(t.out).id, "u");
        EXPECT_TRUE(t.session.served()->faulted);
    }
    t.empty();
    EXPECT_EQ(t.action, acs_action::ask) << "the session goes on";
}

std::string without(std::string text, std::string_view part)
{
    const auto at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return at == std::string::npos ? text : text.erase(at, part.size());
}

TEST(acs_session, bad_arguments_get_fault_8003)
{
    talk t;
    t.post(good_inform());
    soap::transfer_complete done;
    done.start_time = done.complete_time = "2026-11-23T07:00:00Z";
    t.post(without(bytes_of(done), "<FaultCode>0</FaultCode>"));
    EXPECT_EQ(t.action, acs_action::reply);
    EXPECT_EQ(std::get<soap::fault>(decoded(t.out).message).code, 8003u);
    EXPECT_EQ(t.session.served()->method, base::method::transfer_complete);
    EXPECT_THAT(t.deviations(), Contains("argument missing or malformed"));
    EXPECT_FALSE(t.session.over());

    talk bad_inform;
    bad_inform.post(without(bytes_of(good_inform()), "<OUI>00D09E</OUI>"));
    EXPECT_EQ(bad_inform.action, acs_action::reply);
    EXPECT_EQ(std::get<soap::fault>(decoded(bad_inform.out).message).code, 8003u);
    EXPECT_EQ(decoded(bad_inform.out).id, "cpe-1");
    EXPECT_TRUE(bad_inform.session.over());
    EXPECT_FALSE(bad_inform.session.succeeded());
}

TEST(acs_session, header_that_must_be_understood_gets_a_fault)
{
    talk t;
    std::string xml = bytes_of(good_inform());
    xml.insert(xml.find("</soap-env:Header>"),
               "<x:Odd xmlns:x=\"urn:x\" soap-env:mustUnderstand=\"1\">1</x:Odd>");
    t.post(xml);
    EXPECT_THAT(t.deviations(), Contains("header element that nobody understands"));
    EXPECT_EQ(t.action, acs_action::reply);
    EXPECT_TRUE(std::holds_alternative<soap::fault>(decoded(t.out).message));
}

TEST(acs_session, cpe_fault_is_an_answer)
{
    talk t = talk::at_acs_turn();
    t.ask(soap::get_parameter_values{{"Device.Nothing"}});
    t.post(soap::fault{9005, "Invalid parameter name", {}}, decoded(t.out).id);
    EXPECT_EQ(t.action, acs_action::ask);
    EXPECT_EQ(t.session.answered()->method, base::method::get_parameter_values);
    EXPECT_EQ(t.session.answered()->fault, 9005u);
    EXPECT_TRUE(t.session.answered()->faulted);
    EXPECT_THAT(t.deviations(), IsEmpty());
}

TEST(acs_session, chooses_the_version_only_when_asked_to)
{
    talk t;
    soap::envelope e;
    e.id = "1";
    e.message = good_inform();
    e.supported_versions = "1.0,1.1,1.2,1.3";
    std::string xml;
    soap::encode(xml, e);
    t.post(xml);
    EXPECT_EQ(decoded(t.out).use_version, "1.3");

    talk silent;
    silent.post(good_inform());
    EXPECT_EQ(decoded(silent.out).use_version, "");
}

TEST(acs_session, answers_in_the_namespace_of_the_inform)
{
    talk t;
    t.post(bytes_of(good_inform(), "1", soap::cwmp_namespace::cwmp_1_0));
    EXPECT_EQ(decoded(t.out).ns, soap::cwmp_namespace::cwmp_1_0);
    t.post(bytes_of(soap::get_rpc_methods{}, "2", soap::cwmp_namespace::cwmp_1_2));
    EXPECT_EQ(decoded(t.out).ns, soap::cwmp_namespace::cwmp_1_0);
    EXPECT_THAT(t.deviations(), ElementsAre("namespace is not the Inform's"));
}

TEST(acs_session, request_without_id_is_answered_without)
{
    talk t;
    t.post(good_inform(), std::nullopt);
    EXPECT_EQ(decoded(t.out).id, std::nullopt);
    EXPECT_THAT(t.deviations(), ElementsAre("ID missing"));
}

TEST(acs_session, can_be_used_again)
{
    talk t;
    t.empty();
    EXPECT_TRUE(t.session.over());
    t.session.start();
    EXPECT_FALSE(t.session.over());
    t.post(good_inform());
    EXPECT_TRUE(t.session.established());
    t.session.forget();
    EXPECT_EQ(t.session.received(), nullptr);
}

TEST(acs_session, bounds_the_messages_of_a_session)
{
    talk t;
    t.post(good_inform());
    const std::string request = bytes_of(soap::get_rpc_methods{});
    for (int i = 0; i < 20'000 && t.action == acs_action::reply; ++i)
        t.post(request);
    EXPECT_THAT(t.deviations(), ElementsAre("more than 10,000 messages in a session"));
}

// --- turns
// ----------------------------------------------------------------------------------------

struct refusal {
    const char* name;
    std::function<void(talk&)> provoke;
    std::string_view phrase;
};

std::ostream& operator<<(std::ostream& out, const refusal& r)
{
    return out << r.name;
}

class refused_turn : public testing::TestWithParam<refusal> {};

TEST_P(refused_turn, ends_the_session)
{
    talk t;
    GetParam().provoke(t);
    EXPECT_EQ(t.action, acs_action::refuse);
    EXPECT_TRUE(t.session.over());
    EXPECT_FALSE(t.session.succeeded());
    EXPECT_THAT(t.deviations(), Contains(GetParam().phrase));
    EXPECT_EQ(t.out, "");

    t.post(good_inform());
    EXPECT_EQ(t.action, acs_action::refuse) << "over is over";
    EXPECT_THAT(t.deviations(), ElementsAre("POST after the end of the session"));
}

void ask_reboot(talk& t)
{
    t.post(good_inform());
    t.empty();
    t.ask(soap::reboot{});
}

const std::vector<refusal> refusals{
    refusal{"empty_first", [](talk& t) { t.empty(); }, "first POST is no Inform"},
    refusal{"request_first", [](talk& t) { t.post(soap::get_rpc_methods{}); },
            "first POST is no Inform"},
    refusal{"response_first", [](talk& t) { t.post(soap::reboot_response{}); },
            "first POST is no Inform"},
    refusal{"bad_request_first",
            [](talk& t) {
                t.post(without(bytes_of(soap::transfer_complete{}), "<FaultCode>0</FaultCode>"));
            },
            "first POST is no Inform"},
    refusal{"no_xml", [](talk& t) { t.post("hello"); }, "body is not XML"},
    refusal{"no_soap", [](talk& t) { t.post("<html/>"); }, "body is no SOAP envelope"},
    refusal{"inform_twice",
            [](talk& t) {
                t.post(good_inform());
                t.post(good_inform());
            },
            "Inform in the middle of a session"},
    refusal{"bad_inform_later",
            [](talk& t) {
                t.post(good_inform());
                t.post(without(bytes_of(good_inform()), "<OUI>00D09E</OUI>"));
            },
            "Inform in the middle of a session"},
    refusal{"empty_for_a_response",
            [](talk& t) {
                ask_reboot(t);
                t.empty();
            },
            "empty POST instead of a response"},
    refusal{"request_for_a_response",
            [](talk& t) {
                ask_reboot(t);
                t.post(soap::get_rpc_methods{});
            },
            "request out of turn"},
    refusal{"bad_request_for_a_response",
            [](talk& t) {
                ask_reboot(t);
                t.post(without(bytes_of(soap::transfer_complete{}), "<FaultCode>0</FaultCode>"));
            },
            "request out of turn"},
    refusal{"response_to_nothing",
            [](talk& t) {
                t.post(good_inform());
                t.post(soap::reboot_response{});
            },
            "response out of turn"},
    refusal{"fault_to_nothing",
            [](talk& t) {
                t.post(good_inform());
                t.post(soap::fault{9000, "no", {}});
            },
            "response out of turn"},
    refusal{"response_of_another_method",
            [](talk& t) {
                ask_reboot(t);
                t.post(soap::factory_reset_response{}, decoded(t.out).id);
            },
            "response of another method"},
    refusal{"response_unreadable",
            [](talk& t) {
                t.post(good_inform());
                t.empty();
                t.ask(soap::add_object{"Device.X.", ""});
                t.post(without(bytes_of(soap::add_object_response{1, 0}, "acs-1"),
                               "<InstanceNumber>1</InstanceNumber>"));
            },
            "argument missing or malformed"}};

std::string name_of(const testing::TestParamInfo<refusal>& tested)
{
    return tested.param.name;
}

INSTANTIATE_TEST_SUITE_P(all, refused_turn, testing::ValuesIn(refusals), name_of);

// --- what is tolerated and noted
// -------------------------------------------------------------------

TEST(acs_session, id_must_be_echoed)
{
    for (const std::optional<std::string>& id :
         {std::optional<std::string>("other"), std::optional<std::string>()}) {
        talk t = talk::at_acs_turn();
        t.ask(soap::reboot{});
        t.post(soap::reboot_response{}, id);
        EXPECT_EQ(t.action, acs_action::ask);
        EXPECT_THAT(t.deviations(), Contains("ID not echoed"));
    }
}

TEST(acs_session, fault_code_must_be_a_cpes)
{
    talk t = talk::at_acs_turn();
    t.ask(soap::reboot{});
    t.post(soap::fault{8001, "no", {}}, decoded(t.out).id);
    EXPECT_THAT(t.deviations(), ElementsAre("fault code is not a CPE's"));
}

TEST(acs_session, headers_of_an_envelope)
{
    const std::string xml = bytes_of(good_inform());
    std::string out;
    acs_session s;
    s.start();
    EXPECT_EQ(s.on_post({xml, true, false, false}, out), acs_action::reply);
    EXPECT_THAT(s.deviations(), ElementsAre("envelope without Content-Type text/xml",
                                            "envelope without SOAPAction"));
}

TEST(acs_session, headers_of_an_empty_post)
{
    talk t;
    t.post(good_inform());
    EXPECT_EQ(t.session.on_post({"", true, true, true}, t.out), acs_action::ask);
    EXPECT_THAT(t.deviations(),
                ElementsAre("empty POST with Content-Type", "empty POST with SOAPAction"));
}

} // namespace
} // namespace cpestorm::cwmp
