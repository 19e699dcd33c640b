#include "http/parser.hpp"

#include "base/limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cpestorm::http {
namespace {

using testing::ElementsAre;

// Gives the bytes in pieces of `size`, each in the same memory, as one read buffer would.
class piecewise {
public:
    parse feed(response_parser& p, const std::string& bytes, std::size_t size)
    {
        auto state = parse::more;
        for (std::size_t at = 0; at < bytes.size() && state == parse::more; at += size) {
            buffer_ = bytes.substr(at, size);
            state = p.feed(buffer_);
        }
        return state;
    }

private:
    std::string buffer_; // a body that came in one piece is a view of it
};

class Pieces : public testing::TestWithParam<std::size_t> {};

TEST_P(Pieces, ContentLengthBody)
{
    response_parser p;
    const std::string bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nSet-Cookie: a=1\r\n"
                              "set-cookie: b=2; Path=/\r\nContent-Length: 11\r\n\r\nhello world";
    piecewise network;
    ASSERT_EQ(network.feed(p, bytes, GetParam()), parse::done);
    EXPECT_EQ(p.message().status, 200u);
    EXPECT_EQ(p.message().body, "hello world");
    EXPECT_EQ(p.message().content_type, "text/xml");
    EXPECT_THAT(p.message().set_cookie, ElementsAre("a=1", "b=2; Path=/"));
    EXPECT_TRUE(p.message().keep_alive);
}

TEST_P(Pieces, ChunkedBodyWithExtensionsAndTrailers)
{
    response_parser p;
    const std::string bytes = "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n"
                              "5;x=y\r\nhello\r\nA\r\n, world!!!\r\n0\r\nTrailer: t\r\n\r\n";
    piecewise network;
    ASSERT_EQ(network.feed(p, bytes, GetParam()), parse::done) << p.error();
    EXPECT_EQ(p.message().body, "hello, world!!!");
}

TEST_P(Pieces, CloseDelimitedBody)
{
    response_parser p;
    const std::string bytes = "HTTP/1.0 200 OK\r\n\r\nuntil the end";
    piecewise network;
    ASSERT_EQ(network.feed(p, bytes, GetParam()), parse::more);
    ASSERT_EQ(p.end_of_stream(), parse::done);
    EXPECT_EQ(p.message().body, "until the end");
    EXPECT_FALSE(p.message().keep_alive);
}

INSTANTIATE_TEST_SUITE_P(Sizes, Pieces, testing::Values(1, 2, 3, 7, 64, 100'000));

TEST(ResponseParser, SkipsInterimResponses)
{
    response_parser p;
    ASSERT_EQ(p.feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX: y\r\n\r\n"
                     "HTTP/1.1 204 No Content\r\n\r\n"),
              parse::done);
    EXPECT_EQ(p.message().status, 204u);
}

TEST(ResponseParser, GivesUpOnEndlessInterimResponses)
{
    response_parser p;
    std::string many;
    for (unsigned i = 0; i != base::limits::http_interim_responses + 1; ++i)
        many += "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(p.feed(many), parse::failed);
}

TEST(ResponseParser, FailsWhenTheStreamEndsInsideAMessage)
{
    for (const char* bytes : {"HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
        response_parser p;
        ASSERT_EQ(p.feed(bytes), parse::more) << bytes;
        EXPECT_EQ(p.end_of_stream(), parse::failed) << bytes;
    }
}

TEST(ResponseParser, BoundsHeaderAndBody)
{
    response_parser header;
    std::string endless = "HTTP/1.1 200 OK\r\nX: ";
    endless.append(base::limits::http_header_bytes + 1, 'a');
    EXPECT_EQ(header.feed(endless), parse::failed);

    response_parser body;
    EXPECT_EQ(body.feed("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), parse::failed);
}

TEST(ResponseParser, RefusesWhatIsNotHttp)
{
    response_parser p;
    EXPECT_EQ(p.feed("SSH-2.0-OpenSSH_9.2\r\n\r\n"), parse::failed);
    EXPECT_FALSE(p.error().empty());
}

TEST(ResponseParser, ServesOneMessageAfterTheOther)
{
    response_parser p;
    ASSERT_EQ(p.feed("HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"a\"\r\n"
                     "Content-Length: 0\r\n\r\n"),
              parse::done);
    EXPECT_THAT(p.message().www_authenticate, ElementsAre("Basic realm=\"a\""));
    EXPECT_FALSE(p.surplus());
    p.reset();
    ASSERT_EQ(p.feed("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"),
              parse::done);
    EXPECT_TRUE(p.message().www_authenticate.empty());
    EXPECT_FALSE(p.message().keep_alive);
    EXPECT_EQ(p.message().body, "x");
}

TEST(ResponseParser, CountsABodyItDoesNotKeep)
{
    response_parser p;
    p.keep_body(false);
    p.reset();
    const std::string body(20 * 1024 * 1024, 'x'); // more than a kept body may have
    ASSERT_EQ(
        p.feed("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n"),
        parse::more);
    ASSERT_EQ(p.feed(body), parse::done);
    EXPECT_EQ(p.message().body_bytes, body.size());
    EXPECT_EQ(p.message().body, "");
}

TEST(ResponseParser, SaysWhenBytesFollowTheMessage)
{
    response_parser p;
    ASSERT_EQ(p.feed("HTTP/1.1 204 No Content\r\n\r\n<html>"), parse::done);
    EXPECT_TRUE(p.surplus());
}

// Beast bounds neither a chunk's extensions nor the trailer.
TEST(RequestParser, BoundsChunkExtensionsAndTrailers)
{
    for (const char* start : {"1;", "0\r\nX: "}) {
        request_parser p(1024 * 1024);
        ASSERT_EQ(p.feed("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), parse::more);
        auto state = p.feed(start);
        std::size_t given = 0;
        const std::string piece(1000, 'a');
        for (; state == parse::more && given < 1024 * 1024; given += piece.size())
            state = p.feed(piece);
        EXPECT_EQ(state, parse::failed) << start;
        EXPECT_LE(given, 2 * base::limits::http_header_bytes) << start;
    }
}

TEST(RequestParser, KeepsTheFieldsOfCwmp)
{
    request_parser p(1024);
    ASSERT_EQ(p.feed("POST /acs?x HTTP/1.1\r\nHost: a\r\nSOAPAction: \r\nCookie: s=1\r\n"
                     "Authorization: Basic x\r\nContent-Type: text/xml\r\nContent-Length: 2\r\n"
                     "\r\nhi"),
              parse::done);
    const auto& q = p.message();
    EXPECT_EQ(q.method, "POST");
    EXPECT_EQ(q.target, "/acs?x");
    EXPECT_EQ(q.cookie, "s=1");
    EXPECT_EQ(q.authorization, "Basic x");
    EXPECT_EQ(q.content_type, "text/xml");
    EXPECT_TRUE(q.has_soap_action);
    EXPECT_EQ(q.soap_action, "");
    EXPECT_EQ(q.body, "hi");
    p.reset();
    ASSERT_EQ(p.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), parse::done);
    EXPECT_FALSE(p.message().has_soap_action);
}

TEST(RequestParser, NamesTheStatusToRefuseWith)
{
    request_parser big(10);
    EXPECT_EQ(big.feed("POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n"), parse::failed);
    EXPECT_EQ(big.error_status(), 413u);
    request_parser wild(10);
    EXPECT_EQ(wild.feed("\x16\x03\x01 tls\r\n\r\n"), parse::failed);
    EXPECT_EQ(wild.error_status(), 400u);
    request_parser deep(10);
    std::string header = "GET / HTTP/1.1\r\nX: ";
    header.append(base::limits::http_header_bytes + 1, 'a');
    EXPECT_EQ(deep.feed(header), parse::failed);
    EXPECT_EQ(deep.error_status(), 431u);
}

} // namespace
} // namespace cpestorm::http
