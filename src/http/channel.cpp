#include "http/channel.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif

namespace cpestorm::http {
namespace {

base::error_code from_errno(int e)
{
    return {e, boost::system::system_category()};
}

bool would_block(int e)
{
    return e == EAGAIN || e == EWOULDBLOCK;
}

void set_no_delay(int fd)
{
    const int on = 1;
    // Without it a message in two segments waits for the peer's delayed ACK; never fatal.
    (void)::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

} // namespace

std::span<char> thread_scratch() noexcept
{
    thread_local std::array<char, 64 * 1024> buffer;
    return buffer;
}

io channel::fail_errno(int e)
{
    error_ = from_errno(e);
    return io::failed;
}

base::error_code channel::adopt(int fd, bool v6)
{
    base::error_code ec;
    socket_.assign(v6 ? tcp::v6() : tcp::v4(), fd, ec);
    if (ec) return ec;
    // Tells Asio that the descriptor is non-blocking already.
    socket_.native_non_blocking(true, ec);
    if (ec) {
        socket_.release(); // the descriptor stays the caller's
        return ec;
    }
    set_no_delay(fd);
    return {};
}

io channel::connect(const tcp::endpoint& to, const boost::asio::ip::address& source)
{
    error_.clear();
    tls_error_.clear();
    const int family = to.address().is_v6() ? AF_INET6 : AF_INET;
    const int fd = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return fail_errno(errno);
    if (const auto ec = adopt(fd, family == AF_INET6); ec) {
        ::close(fd);
        error_ = ec;
        return io::failed;
    }
    if (!source.is_unspecified()) {
        const int on = 1;
        (void)::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on));
        const tcp::endpoint from(source, 0);
        if (::bind(fd, from.data(), static_cast<socklen_t>(from.size())) != 0)
            return fail_errno(errno);
    }
    if (::connect(fd, to.data(), static_cast<socklen_t>(to.size())) == 0) return io::done;
    return errno == EINPROGRESS ? io::want_write : fail_errno(errno);
}

io channel::finish_connect()
{
    int e = 0;
    socklen_t size = sizeof(e);
    if (::getsockopt(socket_.native_handle(), SOL_SOCKET, SO_ERROR, &e, &size) != 0) e = errno;
    return e == 0 ? io::done : fail_errno(e);
}

bool channel::start_tls_client(const tls_context& ctx, const std::string& host)
{
    ssl_.reset(SSL_new(ctx.native()));
    if (!ssl_) throw std::bad_alloc();
    base::error_code ec;
    (void)boost::asio::ip::make_address(host, ec);
    X509_VERIFY_PARAM* verify = SSL_get0_param(ssl_.get());
    bool set = false;
    if (ec) {
        // A name, not an address.
        set = SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) == 1 &&
              X509_VERIFY_PARAM_set1_host(verify, host.c_str(), host.size()) == 1;
    } else {
        set = X509_VERIFY_PARAM_set1_ip_asc(verify, host.c_str()) == 1;
    }
    SSL_set_fd(ssl_.get(), socket_.native_handle());
    SSL_set_connect_state(ssl_.get());
    tls_ready_ = false;
    if (!set) {
        tls_error_ = "the host name cannot be verified";
        error_ = base::errc::malformed;
    }
    return set;
}

void channel::start_tls_server(const tls_context& ctx)
{
    ssl_.reset(SSL_new(ctx.native()));
    if (!ssl_) throw std::bad_alloc();
    SSL_set_fd(ssl_.get(), socket_.native_handle());
    SSL_set_accept_state(ssl_.get());
    tls_ready_ = false;
}

io channel::ssl_result(int r)
{
    const int why = SSL_get_error(ssl_.get(), r);
    switch (why) {
    case SSL_ERROR_WANT_READ:
        return io::want_read;
    case SSL_ERROR_WANT_WRITE:
        return io::want_write;
    case SSL_ERROR_ZERO_RETURN:
        return io::eof;
    case SSL_ERROR_SYSCALL:
        ERR_clear_error();
        return errno == 0 ? io::eof : fail_errno(errno);
    default:
        break;
    }
    const auto code = ERR_get_error();
    ERR_clear_error();
    // A peer that closes TCP without close_notify ends the stream all the same.
    if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return io::eof;
    const char* reason = ERR_reason_error_string(code);
    tls_error_ = reason != nullptr ? reason : "TLS error";
    if (const long verify = SSL_get_verify_result(ssl_.get()); verify != X509_V_OK)
        tls_error_ += std::string(": ") + X509_verify_cert_error_string(verify);
    error_ = base::errc::protocol;
    return io::failed;
}

io channel::handshake()
{
    errno = 0;
    ERR_clear_error();
    const int r = SSL_do_handshake(ssl_.get());
    if (r == 1) {
        tls_ready_ = true;
        return io::done;
    }
    const auto why = ssl_result(r);
    if (why == io::eof) {
        tls_error_ = "the peer closed the connection during the TLS handshake";
        error_ = base::errc::closed;
        return io::failed;
    }
    if (why == io::failed && tls_error_.empty()) tls_error_ = error_.message();
    return why;
}

io channel::write_some(std::string_view data, std::size_t& n)
{
    n = 0;
    if (ssl_) {
        errno = 0;
        ERR_clear_error();
        if (SSL_write_ex(ssl_.get(), data.data(), data.size(), &n) == 1) return io::done;
        return ssl_result(0);
    }
    const auto sent = ::send(socket_.native_handle(), data.data(), data.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
        n = static_cast<std::size_t>(sent);
        return io::done;
    }
    return would_block(errno) ? io::want_write : fail_errno(errno);
}

io channel::read_some(std::span<char> buffer, std::size_t& n)
{
    n = 0;
    if (ssl_) {
        errno = 0;
        ERR_clear_error();
        if (SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &n) == 1) return io::done;
        return ssl_result(0);
    }
    const auto got = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), 0);
    if (got > 0) {
        n = static_cast<std::size_t>(got);
        return io::done;
    }
    if (got == 0) return io::eof;
    return would_block(errno) ? io::want_read : fail_errno(errno);
}

void channel::close() noexcept
{
    if (ssl_) {
        if (tls_ready_ && socket_.is_open()) {
            ERR_clear_error();
            (void)SSL_shutdown(ssl_.get()); // one close_notify; its answer is not waited for
        }
        ERR_clear_error();
        ssl_.reset();
    }
    tls_ready_ = false;
    base::error_code ignored; // close() releases the descriptor even when it reports an error
    socket_.close(ignored);
}

std::string channel::error_text() const
{
    return tls_error_.empty() ? error_.message() : tls_error_;
}

} // namespace cpestorm::http
