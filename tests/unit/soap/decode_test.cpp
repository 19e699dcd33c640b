// The envelope: namespaces, header, body. Tolerance of spellings is in golden/soap/foreign.

#include "samples.hpp"

#include <gmock/gmock.h>

namespace cpestorm::soap::test {
namespace {

using enum decode_error::kind;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const std::string reboot_body = "<cwmp:Reboot><CommandKey>k</CommandKey></cwmp:Reboot>";

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    const std::size_t at = text.find(what);
    EXPECT_NE(at, text.npos) << what;
    return text.replace(at, what.size(), with);
}

TEST(decode, header_elements)
{
    const envelope e = must_decode(
        wrap(reboot_body, "<cwmp:UseCWMPVersion s:mustUnderstand='1'> 1.2 </cwmp:UseCWMPVersion>"
                          "<cwmp:SupportedCWMPVersions>1.0,1.2</cwmp:SupportedCWMPVersions>"
                          "<cwmp:SessionTimeout>\n40\n</cwmp:SessionTimeout>"
                          "<cwmp:HoldRequests s:mustUnderstand='1'> true </cwmp:HoldRequests>"
                          "<cwmp:ID s:mustUnderstand='1'> 7 </cwmp:ID>"));
    EXPECT_EQ(e.id, " 7 ");
    EXPECT_EQ(e.hold_requests, true);
    EXPECT_EQ(e.session_timeout, 40u);
    EXPECT_EQ(e.supported_versions, "1.0,1.2");
    EXPECT_EQ(e.use_version, "1.2");
}

TEST(decode, unreadable_header_values_count_as_absent)
{
    std::vector<std::string_view> deviations;
    const envelope e =
        must_decode(wrap(reboot_body, "<cwmp:ID s:mustUnderstand='1'/>"
                                      "<cwmp:HoldRequests>perhaps</cwmp:HoldRequests>"
                                      "<cwmp:SessionTimeout>-1</cwmp:SessionTimeout>"),
                    &deviations);
    EXPECT_EQ(e.id, "");
    EXPECT_EQ(e.hold_requests, std::nullopt);
    EXPECT_EQ(e.session_timeout, std::nullopt);
    EXPECT_THAT(deviations, ElementsAre("header value unreadable"));
}

TEST(decode, deviations_are_appended_once_per_message)
{
    std::vector<std::string_view> deviations{"ID missing"};
    (void)must_decode(wrap(reboot_body, ""), &deviations); // only what is appended matters
    EXPECT_THAT(deviations, ElementsAre("ID missing", "ID missing"));
}

TEST(decode, unknown_header_elements_matter_only_if_they_say_so)
{
    std::vector<std::string_view> deviations;
    const std::string id = "<cwmp:ID s:mustUnderstand='1'>7</cwmp:ID>";
    (void)must_decode(wrap(reboot_body, "<x:Trace xmlns:x='urn:x' s:mustUnderstand='0'/>" + id),
                      &deviations); // only the deviation matters
    EXPECT_THAT(deviations, ElementsAre("header element unknown"));

    for (const std::string mark :
         {"s:mustUnderstand='1'", "mustUnderstand='1'", "s:mustUnderstand='true'"}) {
        const decode_error e = must_refuse(wrap(reboot_body, "<cwmp:Trace " + mark + "/>" + id));
        EXPECT_EQ(e.what, must_understand);
        EXPECT_EQ(e.element, "Trace");
        EXPECT_EQ(e.id, "7") << "the ID may come later";
        EXPECT_EQ(e.method, "Reboot");
        EXPECT_EQ(e.ns, cwmp_namespace::cwmp_1_0);
    }
}

TEST(decode, cwmp_namespaces)
{
    const std::string xml = wrap(reboot_body);
    const auto ns_of = [&xml](std::string_view uri) {
        return must_decode(replaced(xml, "urn:dslforum-org:cwmp-1-0", uri)).ns;
    };
    EXPECT_EQ(ns_of("urn:dslforum-org:cwmp-1-0"), cwmp_namespace::cwmp_1_0);
    EXPECT_EQ(ns_of("urn:dslforum-org:cwmp-1-1"), cwmp_namespace::cwmp_1_1);
    for (const std::string_view uri :
         {"urn:dslforum-org:cwmp-1-2", "urn:dslforum-org:cwmp-1-3", "urn:dslforum-org:cwmp-1-4"})
        EXPECT_EQ(ns_of(uri), cwmp_namespace::cwmp_1_2) << uri;
}

TEST(decode, a_method_of_another_namespace_is_a_stranger)
{
    for (const std::string_view uri : {"urn:example", "urn:dslforum-org:cwmp-1-5",
                                       "urn:dslforum-org:cwmp-1-", "urn:dslforum-org:cwmp-1-00"}) {
        const envelope e =
            must_decode(replaced(wrap(reboot_body), "urn:dslforum-org:cwmp-1-0", uri));
        EXPECT_EQ(method_name(e.message), "Reboot");
        EXPECT_TRUE(std::holds_alternative<unknown_method>(e.message)) << uri;
    }
    const envelope fault = must_decode(wrap("<cwmp:Fault/>"));
    EXPECT_TRUE(std::holds_alternative<unknown_method>(fault.message)) << "a Fault is SOAP's";
}

TEST(decode, an_unknown_method_keeps_its_name_and_id)
{
    const envelope e =
        must_decode(wrap("<cwmp:X_EXAMPLE_Sing><Song>1</Song></cwmp:X_EXAMPLE_Sing>"));
    EXPECT_EQ(method_name(e.message), "X_EXAMPLE_Sing");
    EXPECT_EQ(e.id, "7");
    EXPECT_EQ(e.ns, cwmp_namespace::cwmp_1_0);
}

TEST(decode, method_names_are_case_sensitive)
{
    const envelope e = must_decode(wrap("<cwmp:reboot/>"));
    EXPECT_TRUE(std::holds_alternative<unknown_method>(e.message));
}

TEST(decode, unbound_prefixes_are_tolerated)
{
    std::vector<std::string_view> deviations;
    const envelope e =
        must_decode("<s:Envelope><s:Body><c:Reboot><CommandKey>k</CommandKey></c:Reboot></s:Body>"
                    "</s:Envelope>",
                    &deviations);
    EXPECT_EQ(std::get<reboot>(e.message).command_key, "k");
    EXPECT_THAT(deviations, ElementsAre("SOAP namespace not declared",
                                        "CWMP namespace not declared", "ID missing"));
}

TEST(decode, a_namespace_may_be_declared_anew_further_in)
{
    const envelope e = must_decode(wrap("<cwmp:Reboot xmlns:cwmp='urn:dslforum-org:cwmp-1-1'>"
                                        "<CommandKey/></cwmp:Reboot>"));
    EXPECT_EQ(e.ns, cwmp_namespace::cwmp_1_1);
}

TEST(decode, a_faults_version_is_that_of_its_detail_or_of_the_envelope)
{
    const envelope with = must_decode(
        wrap("<s:Fault><faultcode>s:Server</faultcode><faultstring/><detail>"
             "<c:Fault xmlns:c='urn:dslforum-org:cwmp-1-1'><FaultCode>8001</FaultCode></c:Fault>"
             "</detail></s:Fault>"));
    EXPECT_EQ(with.ns, cwmp_namespace::cwmp_1_1);
    EXPECT_EQ(std::get<fault>(with.message).code, 8001u);
    const envelope without = must_decode(wrap("<s:Fault/>"));
    EXPECT_EQ(without.ns, cwmp_namespace::cwmp_1_0);
    EXPECT_EQ(std::get<fault>(without.message).code, 0u);
}

TEST(decode, what_is_no_soap_1_1_envelope)
{
    const std::string good = wrap(reboot_body);
    const std::string soap = "http://schemas.xmlsoap.org/soap/envelope/";
    const std::string bad[]{
        "<html><body>502 Bad Gateway</body></html>",
        replaced(good, soap, "http://www.w3.org/2003/05/soap-envelope"),
        replaced(good, soap, "http://schemas.xmlsoap.org/soap/envelope"),
        "<s:Envelope xmlns:s='" + soap + "'/>",
        "<s:Envelope xmlns:s='" + soap + "'><s:Header/></s:Envelope>",
        wrap(""),
        wrap("only text"),
        wrap(reboot_body + reboot_body),
    };
    for (const std::string& xml : bad) {
        const decode_error e = must_refuse(xml);
        EXPECT_EQ(e.what, not_soap) << xml;
        EXPECT_THAT(e.text, Not(IsEmpty()));
    }
}

TEST(decode, zero_bytes_after_the_envelope_are_tolerated)
{
    std::vector<std::string_view> deviations;
    (void)must_decode(wrap(reboot_body) + std::string(3, '\0'), &deviations); // accepted at all
    EXPECT_THAT(deviations, Contains("zero bytes after the envelope"));
}

TEST(decode, value_throws_the_errors_text)
{
    EXPECT_THROW((void)decode("").value(), std::runtime_error); // nothing comes back
}

} // namespace
} // namespace cpestorm::soap::test
