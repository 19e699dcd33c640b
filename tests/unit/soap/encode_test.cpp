#include "samples.hpp"

#include <gmock/gmock.h>

namespace cpestorm::soap::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string replacement = "\xEF\xBF\xBD";

std::string escaped(std::string_view text)
{
    std::string out = "before ";
    append_escaped(out, text);
    return out.substr(7);
}

TEST(append_escaped, escapes_markup)
{
    EXPECT_EQ(escaped("a&b<c>d\"e'f"), "a&amp;b&lt;c&gt;d&quot;e&apos;f");
    EXPECT_EQ(escaped("&&"), "&amp;&amp;");
    EXPECT_EQ(escaped(""), "");
    EXPECT_EQ(escaped("plain"), "plain");
}

TEST(append_escaped, keeps_what_xml_can_carry)
{
    for (const std::string_view text :
         {"\t\n ~\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
          "\xEF\xBF\xBD", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
        EXPECT_EQ(escaped(text), text);
    EXPECT_EQ(escaped("\r"), "&#13;");
}

TEST(append_escaped, replaces_what_xml_cannot_carry)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(escaped("a\0b"sv), "a" + replacement + "b");
    EXPECT_EQ(escaped("\x01\x1F"), replacement + replacement);
    EXPECT_EQ(escaped("\x80z"), replacement + "z"); // a tail without a head
    EXPECT_EQ(escaped("\xC3"), replacement);        // a head without a tail
    EXPECT_EQ(escaped("\xC3("), replacement + "(");
    EXPECT_EQ(escaped("\xC0\x80"), replacement + replacement);        // too long a form
    EXPECT_EQ(escaped("\xE0\x9F\xBF").substr(0, 3), replacement);     // too long a form
    EXPECT_EQ(escaped("\xED\xA0\x80").substr(0, 3), replacement);     // a surrogate
    EXPECT_EQ(escaped("\xEF\xBF\xBE").substr(0, 3), replacement);     // U+FFFE
    EXPECT_EQ(escaped("\xF4\x90\x80\x80").substr(0, 3), replacement); // past U+10FFFF
    EXPECT_EQ(escaped("\xFF\xFE"), replacement + replacement);
}

TEST(encode, appends)
{
    std::string out = "kept";
    encode(out, samples().front().what);
    EXPECT_EQ(out, "kept" + encoded(samples().front().what));
}

TEST(encode, marks_the_header_elements_that_must_be_understood)
{
    envelope e;
    e.id = "a&b";
    e.hold_requests = false;
    e.session_timeout = 30;
    e.supported_versions = "1.0,1.4";
    e.use_version = "1.0";
    e.message = inform_response{};
    EXPECT_THAT(encoded(e),
                HasSubstr("<soap-env:Header>"
                          "<cwmp:ID soap-env:mustUnderstand=\"1\">a&amp;b</cwmp:ID>"
                          "<cwmp:HoldRequests soap-env:mustUnderstand=\"1\">0</cwmp:HoldRequests>"
                          "<cwmp:SessionTimeout>30</cwmp:SessionTimeout>"
                          "<cwmp:SupportedCWMPVersions>1.0,1.4</cwmp:SupportedCWMPVersions>"
                          "<cwmp:UseCWMPVersion soap-env:mustUnderstand=\"1\">1.0"
                          "</cwmp:UseCWMPVersion></soap-env:Header>"));
}

TEST(encode, leaves_an_empty_header_out)
{
    envelope e;
    e.message = reboot{"k"};
    EXPECT_THAT(encoded(e), Not(HasSubstr("Header")));
    e.id = "";
    EXPECT_THAT(encoded(e), HasSubstr("<cwmp:ID soap-env:mustUnderstand=\"1\"></cwmp:ID>"));
}

TEST(encode, a_strangers_name_cannot_break_the_markup)
{
    for (const std::string name : {"", "1st", "a b", "x><evil/>", "a:b", "\xFF", "-a"}) {
        envelope e;
        e.message = unknown_method{name};
        EXPECT_TRUE(std::holds_alternative<unknown_method>(must_decode(encoded(e)).message));
    }
}

TEST(encode, hostile_bytes_in_every_string_still_decode)
{
    using namespace std::string_literals;
    const std::string hostile = "]]><!--&#0;\0\xFF\r\n\"'<x>"s;
    envelope e;
    e.id = hostile;
    e.supported_versions = hostile;
    e.message = inform{.device = {hostile, hostile, hostile, hostile},
                       .events = {{hostile, hostile}},
                       .current_time = hostile,
                       .parameters = {{hostile, hostile}}};
    const envelope back = must_decode(encoded(e));
    EXPECT_EQ(std::get<inform>(back.message).parameters[0].value, back.id);
    EXPECT_EQ(back.id, "]]><!--&#0;" + replacement + replacement + "\r\n\"'<x>");
}

} // namespace
} // namespace cpestorm::soap::test
