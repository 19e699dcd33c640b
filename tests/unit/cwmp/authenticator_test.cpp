#include "cwmp/auth.hpp"
#include "cwmp/digest.hpp"

#include <gmock/gmock.h>

namespace cpestorm::cwmp {
namespace {

using testing::HasSubstr;
using testing::Not;

const credentials mufasa{"Mufasa", "Circle Of Life"};
const credentials mufasa_7616{"Mufasa", "Circle of Life"};

challenge digest_challenge(digest_algorithm a = digest_algorithm::md5, bool qop = true)
{
    challenge c;
    c.scheme = auth_scheme::digest;
    c.realm = "r";
    c.nonce = "n";
    c.algorithm = a;
    c.qop_auth = qop;
    return c;
}

TEST(digest_response, RFC2617_section_3_5)
{
    digest_input in;
    in.realm = "testrealm@host.com";
    in.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    in.cnonce = "0a4f113b";
    in.nonce_count = "00000001";
    in.http_method = "GET";
    in.uri = "/dir/index.html";
    EXPECT_EQ(digest_response(in, mufasa), "6629fae49393a05397450978507c4ef1");
}

TEST(digest_response, RFC7616_section_3_9_1)
{
    digest_input in;
    in.realm = "http-auth@example.org";
    in.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    in.cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    in.nonce_count = "00000001";
    in.http_method = "GET";
    in.uri = "/dir/index.html";
    EXPECT_EQ(digest_response(in, mufasa_7616), "8ca523f5e9506fed4657c9700eebdbec");
    in.algorithm = digest_algorithm::sha256;
    EXPECT_EQ(digest_response(in, mufasa_7616),
              "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

TEST(digest_response, RFC2069_form_without_qop)
{
    digest_input in;
    in.realm = "testrealm@host.com";
    in.nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
    in.http_method = "GET";
    in.uri = "/dir/index.html";
    // RFC 2069 §2.4 with its erratum 749.
    EXPECT_EQ(digest_response(in, {"Mufasa", "CircleOfLife"}), "1949323746fe6a43ef61f9606e7febea");
}

TEST(authenticator, H06_counts_the_uses_of_a_nonce)
{
    authenticator a;
    EXPECT_FALSE(a.active());
    a.take(digest_challenge(), "c0ffee");
    ASSERT_TRUE(a.active());
    EXPECT_THAT(a.authorize(mufasa, "POST", "/"), HasSubstr("nc=00000001"));
    EXPECT_THAT(a.authorize(mufasa, "POST", "/"), HasSubstr("nc=00000002"));
    for (int i = 3; i != 0xab; ++i)
        (void)a.authorize(mufasa, "POST", "/");
    EXPECT_THAT(a.authorize(mufasa, "POST", "/"), HasSubstr("nc=000000ab"));
    a.next_nonce("other");
    EXPECT_THAT(a.authorize(mufasa, "POST", "/"), HasSubstr("nc=00000001"));
    a.take(digest_challenge(), "c0ffee");
    EXPECT_THAT(a.authorize(mufasa, "POST", "/"), HasSubstr("nc=00000001"));
}

TEST(authenticator, AU4_quotes_what_must_be_quoted)
{
    auto c = digest_challenge();
    c.realm = "a \"b\" \\c";
    c.opaque = "";
    authenticator a;
    a.take(c, "c0ffee");
    const auto header = a.authorize({"u\"\r\nser", "p"}, "POST", "/x?y=1");
    EXPECT_THAT(header, testing::StartsWith("Digest username=\"u\\\"ser\", "));
    EXPECT_THAT(header, HasSubstr("realm=\"a \\\"b\\\" \\\\c\""));
    EXPECT_THAT(header, HasSubstr("uri=\"/x?y=1\""));
    EXPECT_THAT(header, HasSubstr("opaque=\"\""));
    EXPECT_THAT(header, HasSubstr("algorithm=MD5,"));
    EXPECT_THAT(header, HasSubstr("qop=auth, nc=00000001, cnonce=\"c0ffee\""));
}

TEST(authenticator, AU3_without_qop_there_is_no_count)
{
    authenticator a;
    a.take(digest_challenge(digest_algorithm::md5, false), "c0ffee");
    const auto header = a.authorize(mufasa, "POST", "/");
    for (const auto* absent : {"qop", "nc=", "cnonce", "opaque", "algorithm"})
        EXPECT_THAT(header, Not(HasSubstr(absent)));
}

TEST(authenticator, H06_new_client_nonce_for_a_new_connection_while_the_count_goes_on)
{
    authenticator a;
    a.take(digest_challenge(), "one");
    (void)a.authorize(mufasa, "POST", "/");
    a.reconnect("two");
    EXPECT_THAT(a.authorize(mufasa, "POST", "/"), HasSubstr("nc=00000002, cnonce=\"two\""));
}

TEST(authenticator, H09_a_session_key_does_not_outlive_its_connection)
{
    authenticator a;
    a.take(digest_challenge(digest_algorithm::sha256_sess), "one");
    EXPECT_THAT(a.authorize(mufasa, "POST", "/"), HasSubstr("algorithm=SHA-256-sess"));
    a.reconnect("two");
    EXPECT_FALSE(a.active());
}

TEST(authenticator, H08_basic)
{
    authenticator a;
    challenge c;
    c.scheme = auth_scheme::basic;
    a.take(c, "");
    EXPECT_EQ(a.authorize({"Aladdin", "open sesame"}, "POST", "/"),
              "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    a.reconnect("x");
    EXPECT_TRUE(a.active());
    a.reset();
    EXPECT_FALSE(a.active());
}

} // namespace
} // namespace cpestorm::cwmp
