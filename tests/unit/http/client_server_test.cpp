// Client and server over real sockets of this host, plain and TLS.

#include "http/client.hpp"
#include "http/listener.hpp"
#include "http/server.hpp"
#include "support/test_certificates.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <gtest/gtest.h>

namespace cpestorm::http {
namespace {

namespace asio = boost::asio;

asio::awaitable<void> finish(client& c, step& s)
{
    while (s == step::want_read || s == step::want_write) {
        const auto what = s == step::want_read ? tcp_socket::wait_read : tcp_socket::wait_write;
        base::error_code ec;
        co_await c.socket().async_wait(what, asio::redirect_error(asio::use_awaitable, ec));
        s = c.resume();
    }
}

class ClientServer : public testing::Test {
protected:
    void serve(handler h, std::shared_ptr<const tls_context> tls = nullptr)
    {
        server_options options;
        options.tls = std::move(tls);
        options.body_limit = 1024 * 1024;
        server_ = std::make_unique<server>(io_, options, std::move(h));
        auto l = listener::open(io_, {asio::ip::address_v4::loopback(), 0}, {});
        ASSERT_TRUE(l) << l.error().text();
        listener_ = std::move(*l);
        listener_->start([this](int fd, std::uint32_t) { server_->adopt(fd); });
        target_.host = "127.0.0.1";
        target_.host_header = "127.0.0.1";
        at_ = listener_->local_endpoint();
    }

    // Runs the loop until the step is final; bounded.
    step settle(client& c, step s)
    {
        asio::co_spawn(io_, finish(c, s), asio::detached);
        for (int i = 0; i != 1000; ++i) {
            if (s != step::want_read && s != step::want_write) return s;
            io_.restart();
            io_.run_one_for(std::chrono::seconds(10));
        }
        ADD_FAILURE() << "no end";
        return s;
    }
    step open(client& c, const tls_context* tls = nullptr, const std::string& host = "127.0.0.1")
    {
        return settle(c, c.open(at_, {}, tls, host));
    }
    step post(client& c, std::string_view body)
    {
        outgoing out;
        out.content_type = "text/xml";
        out.soap_action = true;
        out.body = body;
        return settle(c, c.send(target_, out));
    }

    asio::io_context io_{1};
    std::unique_ptr<server> server_;
    std::unique_ptr<listener> listener_;
    url target_;
    tcp::endpoint at_;
};

void echo(const request& q, const connection_info&, reply& out)
{
    out.body = q.body;
    out.content_type = "text/xml";
}

TEST_F(ClientServer, KeepsOneConnectionForManyRequests)
{
    std::uint64_t connection = 0;
    serve([&](const request& q, const connection_info& c, reply& out) {
        EXPECT_TRUE(connection == 0 || connection == c.id);
        connection = c.id;
        EXPECT_TRUE(q.has_soap_action);
        echo(q, c, out);
    });
    client c(io_);
    ASSERT_EQ(open(c), step::connected);
    for (const std::size_t size : {1u, 1000u, 300'000u}) {
        const std::string body(size, 'x');
        ASSERT_EQ(post(c, body), step::replied) << c.detail();
        EXPECT_EQ(c.reply().status, 200u);
        EXPECT_EQ(c.reply().body, body);
        EXPECT_TRUE(c.reusable());
    }
    EXPECT_GT(c.take_bytes_sent(), 301'001u);
    EXPECT_GT(c.take_bytes_received(), 301'001u);
}

TEST_F(ClientServer, EmptyPostHasLengthZeroAndNoContentType)
{
    serve([](const request& q, const connection_info&, reply& out) {
        EXPECT_TRUE(q.has_content_length);
        EXPECT_EQ(q.content_type, "");
        EXPECT_FALSE(q.has_soap_action);
        out.status = 204;
        out.close = true;
    });
    client c(io_);
    ASSERT_EQ(open(c), step::connected);
    ASSERT_EQ(settle(c, c.send(target_, {})), step::replied);
    EXPECT_EQ(c.reply().status, 204u);
    EXPECT_FALSE(c.reusable());
}

TEST_F(ClientServer, RefusedConnectionSaysSo)
{
    serve(echo);
    listener_->stop();
    client c(io_);
    EXPECT_EQ(open(c), step::failed);
    EXPECT_EQ(c.reason(), base::failure_reason::connect_refused);
    EXPECT_FALSE(c.detail().empty());
}

TEST_F(ClientServer, ServerThatClosesWithoutAnAnswer)
{
    serve(echo);
    auto l = listener::open(io_, {asio::ip::address_v4::loopback(), 0}, {});
    ASSERT_TRUE(l);
    (*l)->start([](int fd, std::uint32_t) { ::close(fd); });
    at_ = (*l)->local_endpoint();
    client c(io_);
    ASSERT_EQ(open(c), step::connected);
    ASSERT_EQ(post(c, "x"), step::failed);
    EXPECT_EQ(c.reason(), base::failure_reason::peer_reset);
    EXPECT_FALSE(c.went_stale());
}

TEST_F(ClientServer, ConnectionClosedWhileIdleIsStale)
{
    serve(echo);
    client c(io_);
    ASSERT_EQ(open(c), step::connected);
    ASSERT_EQ(post(c, "one"), step::replied);
    server_->stop();
    io_.restart();
    io_.poll();
    ASSERT_EQ(post(c, "two"), step::failed);
    EXPECT_TRUE(c.went_stale());
}

TEST_F(ClientServer, HandlesRequestsThatCameTogether)
{
    serve(echo);
    tcp::socket raw(io_);
    raw.connect(at_);
    const std::string two = "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\naPOST / HTTP/1.1\r\n"
                            "Content-Length: 1\r\nConnection: close\r\n\r\nb";
    raw.send(asio::buffer(two));
    std::string got;
    for (int i = 0; i != 1000 && got.find("\r\n\r\nb") == got.npos; ++i) {
        io_.restart();
        io_.run_one_for(std::chrono::milliseconds(100));
        char bytes[4096];
        base::error_code ec;
        raw.non_blocking(true);
        const auto n = raw.read_some(asio::buffer(bytes), ec);
        if (!ec) got.append(bytes, n);
    }
    EXPECT_NE(got.find("\r\n\r\na"), got.npos);
    EXPECT_NE(got.find("\r\n\r\nb"), got.npos);
}

TEST_F(ClientServer, TooLargeABodyIsRefused)
{
    serve(echo);
    client c(io_);
    ASSERT_EQ(open(c), step::connected);
    const std::string body(1024 * 1024 + 1, 'x');
    const auto s = post(c, body);
    // The server may close before all was written.
    if (s == step::replied) {
        EXPECT_EQ(c.reply().status, 413u);
    } else {
        EXPECT_EQ(c.reason(), base::failure_reason::peer_reset);
    }
}

class Tls : public ClientServer {
protected:
    std::shared_ptr<const tls_context> client_tls(bool trust, bool verify = true,
                                                  const std::string& identity = "")
    {
        tls_client_options o;
        if (trust) o.ca_file = files_.file("ca.pem");
        if (!identity.empty()) o.certificate_file = files_.file(identity);
        o.verify = verify;
        auto made = tls_context::client(o);
        EXPECT_TRUE(made) << made.error().text();
        return *made;
    }
    std::shared_ptr<const tls_context> server_tls(const std::string& name, bool ask_client = false)
    {
        auto made = tls_context::server(
            {files_.file(name), "", ask_client ? files_.file("ca.pem") : std::string()});
        EXPECT_TRUE(made) << made.error().text();
        return *made;
    }
    test::certificates files_;
};

TEST_F(Tls, VerifiedExchange)
{
    serve(echo, server_tls("server.pem"));
    const auto tls = client_tls(true);
    client c(io_);
    ASSERT_EQ(open(c, tls.get(), "localhost"), step::connected) << c.detail();
    const std::string body(100'000, 'y');
    ASSERT_EQ(post(c, body), step::replied) << c.detail();
    EXPECT_EQ(c.reply().body, body);
    ASSERT_EQ(post(c, "again"), step::replied) << c.detail();
    EXPECT_GT(c.handshake_time().count(), 0);
}

TEST_F(Tls, H23_UnknownCaIsRefused)
{
    serve(echo, server_tls("server.pem"));
    const auto tls = client_tls(false);
    client c(io_);
    ASSERT_EQ(open(c, tls.get(), "localhost"), step::failed);
    EXPECT_EQ(c.reason(), base::failure_reason::tls);
    EXPECT_NE(c.detail().find("certificate verify failed"), std::string::npos) << c.detail();
}

TEST_F(Tls, H23_WrongHostIsRefused)
{
    serve(echo, server_tls("stranger.pem"));
    const auto tls = client_tls(true);
    client by_name(io_);
    ASSERT_EQ(open(by_name, tls.get(), "localhost"), step::failed);
    EXPECT_NE(by_name.detail().find("ostname mismatch"), std::string::npos) << by_name.detail();
    client by_address(io_);
    ASSERT_EQ(open(by_address, tls.get(), "127.0.0.1"), step::failed);
    EXPECT_EQ(by_address.reason(), base::failure_reason::tls);
}

TEST_F(Tls, VerificationCanBeSwitchedOff)
{
    serve(echo, server_tls("stranger.pem"));
    const auto tls = client_tls(false, false);
    client c(io_);
    EXPECT_EQ(open(c, tls.get(), "localhost"), step::connected) << c.detail();
}

TEST_F(Tls, ClientCertificate)
{
    serve(echo, server_tls("server.pem", true));
    const auto with = client_tls(true, true, "client.pem");
    client c(io_);
    ASSERT_EQ(open(c, with.get(), "127.0.0.1"), step::connected) << c.detail();
    EXPECT_EQ(post(c, "x"), step::replied) << c.detail();
    const auto without = client_tls(true);
    client refused(io_);
    // TLS 1.3 tells a client only after its handshake that its certificate is missing.
    if (open(refused, without.get(), "127.0.0.1") == step::connected) {
        EXPECT_EQ(post(refused, "x"), step::failed);
    }
}

TEST_F(Tls, PlainServerIsNoTlsServer)
{
    serve(echo);
    const auto tls = client_tls(true);
    client c(io_);
    EXPECT_EQ(open(c, tls.get(), "localhost"), step::failed);
    EXPECT_EQ(c.reason(), base::failure_reason::tls);
}

TEST(TlsContext, NamesTheFileItCannotRead)
{
    tls_client_options o;
    o.ca_file = "/nonexistent/ca.pem";
    const auto made = tls_context::client(o);
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().text().find("/nonexistent/ca.pem"), std::string::npos);
}

} // namespace
} // namespace cpestorm::http
