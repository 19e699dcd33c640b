// Bytes that are no XML, or more of it than anybody needs.

#include "samples.hpp"

#include "base/limits.hpp"

#include <gmock/gmock.h>

namespace cpestorm::soap::test {
namespace {

using enum decode_error::kind;

std::string repeated(std::string_view what, std::size_t times)
{
    std::string out;
    out.reserve(what.size() * times);
    for (std::size_t i = 0; i != times; ++i)
        out += what;
    return out;
}

TEST(malformed, every_truncation_of_every_message_is_refused)
{
    for (const sample& s : samples()) {
        const std::string xml = encoded(s.what);
        for (std::size_t length = 0; length != xml.size(); ++length) {
            const decode_error e = must_refuse(std::string_view(xml).substr(0, length));
            ASSERT_EQ(e.what, not_xml) << s.name << " cut at " << length;
            ASSERT_LE(e.offset, length);
            ASSERT_FALSE(e.text.empty());
        }
    }
}

TEST(malformed, no_single_spoilt_byte_crashes)
{
    const std::string xml = encoded(samples().front().what);
    for (std::size_t at = 0; at != xml.size(); ++at) {
        for (const char c : {'<', '>', '&', '"', '\0', '/', '\xFF', ' '}) {
            std::string spoilt = xml;
            spoilt[at] = c;
            const auto e = decode(spoilt);
            if (!e.has_value() || std::holds_alternative<unknown_method>(e->message)) continue;
            EXPECT_TRUE(decode(encoded(*e)).has_value()) << spoilt;
        }
    }
}

TEST(malformed, what_is_not_well_formed)
{
    using namespace std::string_view_literals;
    const std::string good = wrap("<cwmp:Reboot/>");
    const std::string_view bad[]{
        ""sv,
        " \n"sv,
        "\xEF\xBB\xBF"sv,
        "<"sv,
        ">"sv,
        "text"sv,
        "<a"sv,
        "<a>"sv,
        "</a>"sv,
        "<a></b>"sv,
        "<a/><b/>"sv,
        "<a/>text"sv,
        "text<a/>"sv,
        "<a/>&amp;"sv,
        "<a b></a>"sv,
        "<a b='></a>"sv,
        "<a>\x01</a>"sv,
        "<a>\0</a>"sv,
        "<a>&#0;</a>"sv,
        "<a>&#x1F;</a>"sv,
        "<a>&#xD800;</a>"sv,
        "<a>&#1114112;</a>"sv,
        "<a>&#4294967361;</a>"sv,
        "<a b='&#0;'/>"sv,
        "<a><!-- </a>"sv,
        "<a><![CDATA[ </a>"sv,
        "<a><? </a>"sv,
        "<![CDATA[a]]><a/>"sv,
        "<?xml version='1.0'"sv,
        "<a/><!ELEMENT a ANY>"sv,
        "< a/>"sv,
        "<a></a"sv,
    };
    for (const std::string_view xml : bad)
        EXPECT_EQ(must_refuse(xml).what, not_xml) << xml;
    EXPECT_EQ(must_refuse(good + good).what, not_xml) << "two envelopes in one body";
}

TEST(malformed, offsets_count_from_the_first_byte)
{
    const decode_error control = must_refuse("\xEF\xBB\xBF \n<a>\x01</a>");
    EXPECT_EQ(control.offset, 8u);
    const decode_error mismatch = must_refuse("  <a></b>");
    EXPECT_GE(mismatch.offset, 5u);
    EXPECT_LE(mismatch.offset, 9u);
}

TEST(malformed, sixteen_bit_encodings_are_refused)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(must_refuse("\xFF\xFE<\0a\0/\0>\0"sv).what, not_xml);
    EXPECT_EQ(must_refuse("\0<\0a\0/\0>"sv).what, not_xml);
}

TEST(malformed, any_doctype_is_refused)
{
    const std::string bombs[]{
        "<!DOCTYPE a><a/>",
        "<!doctype a><a/>",
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]><a>&d;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!-- --><!DOCTYPE a [" + repeated("<!ENTITY", 10'000),
        wrap("<!DOCTYPE a><cwmp:Reboot/>"),
    };
    for (const std::string& xml : bombs) {
        const decode_error e = must_refuse(xml);
        EXPECT_EQ(e.what, not_xml);
        EXPECT_EQ(e.text, "DOCTYPE is not allowed");
    }
}

TEST(malformed, depth_is_bounded)
{
    // Envelope, Body and method are levels too.
    const auto nested = [](std::size_t depth) {
        const std::size_t inner = depth - 3;
        return wrap("<cwmp:Reboot>" + repeated("<a>", inner) + repeated("</a>", inner) +
                    "</cwmp:Reboot>");
    };
    (void)must_decode(nested(base::limits::xml_depth)); // accepted is all it must be
    EXPECT_EQ(must_refuse(nested(base::limits::xml_depth + 1)).text, "elements nested too deep");
    EXPECT_EQ(must_refuse(repeated("<a>", 1'000'000)).what, not_xml);
}

TEST(malformed, elements_are_bounded)
{
    const auto many = [](std::size_t inner) {
        return wrap("<cwmp:Reboot>" + repeated("<a/>", inner) + "</cwmp:Reboot>");
    };
    // Envelope, Header, ID, Body and method are elements too.
    (void)must_decode(many(base::limits::xml_elements - 5)); // accepted is all it must be
    EXPECT_EQ(must_refuse(many(base::limits::xml_elements - 4)).text, "too many elements");
}

TEST(malformed, a_megabyte_of_one_thing_ends_soon)
{
    for (const std::string_view what :
         {"<", ">", "&", "<!", "<!--", "<![CDATA[", "<?", "</", "<a ", "<a b='", "&#", "&#x", "\"",
          "<a/>", "<a><!---->", "<a b=''c='' ", "\xC3", "\xEF\xBB\xBF", "]]>"}) {
        EXPECT_EQ(must_refuse(repeated(what, 1'000'000 / what.size())).what, not_xml) << what;
        EXPECT_EQ(must_refuse("<a>" + repeated(what, 1'000'000 / what.size())).what, not_xml)
            << what;
    }
}

TEST(malformed, megabytes_in_one_value_are_fine)
{
    const std::string long_text = repeated("0123456789", 300'000);
    const envelope e =
        must_decode(wrap("<cwmp:Reboot><CommandKey>" + long_text + "</CommandKey></cwmp:Reboot>"));
    EXPECT_EQ(std::get<reboot>(e.message).command_key, long_text);
}

} // namespace
} // namespace cpestorm::soap::test
