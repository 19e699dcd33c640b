#include "http/client.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <cassert>
#include <cerrno>

namespace cpestorm::http {
namespace {

using base::failure_reason;

// Failures of this host rather than of the peer: descriptors, ports, memory.
bool is_local(const base::error_code& ec)
{
    switch (ec.value()) {
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
    case EADDRNOTAVAIL:
    case EADDRINUSE:
    case EACCES:
    case EPERM:
        return ec.category() == boost::system::system_category();
    default:
        return false;
    }
}

void render(std::string& out, const url& to, const outgoing& what)
{
    out.clear();
    out += what.method;
    out += ' ';
    out += to.target;
    out += " HTTP/1.1\r\nHost: ";
    out += to.host_header;
    out += "\r\nUser-Agent: cpestorm\r\n";
    if (!what.content_type.empty()) {
        out += "Content-Type: ";
        out += what.content_type;
        out += "\r\n";
    }
    if (what.soap_action) out += "SOAPAction: \r\n";
    if (!what.authorization.empty()) {
        out += "Authorization: ";
        out += what.authorization;
        out += "\r\n";
    }
    if (!what.cookie.empty()) {
        out += "Cookie: ";
        out += what.cookie;
        out += "\r\n";
    }
    if (what.method != "GET") {
        out += "Content-Length: ";
        base::append_number(out, what.body.size());
        out += "\r\n";
    }
    out += "\r\n";
    out += what.body;
}

} // namespace

step client::fail(failure_reason reason, std::string detail)
{
    reason_ = reason;
    detail_ = std::move(detail);
    close();
    return step::failed;
}

step client::wait_or_fail(io state, failure_reason reason)
{
    if (state == io::want_read) return step::want_read;
    if (state == io::want_write) return step::want_write;
    if (is_local(channel_.error())) reason = failure_reason::local_error;
    return fail(reason, channel_.error_text());
}

step client::open(const tcp::endpoint& to, const boost::asio::ip::address& source,
                  const tls_context* tls, const std::string& host)
{
    close();
    parser_.clear();
    tls_ = tls;
    host_ = host;
    stale_ = false;
    served_ = 0;
    opened_ = base::now();
    phase_ = phase::connecting;
    return continue_connect(channel_.connect(to, source));
}

step client::continue_connect(io state)
{
    if (state == io::failed && channel_.error().value() == ETIMEDOUT)
        return fail(failure_reason::connect_timeout, channel_.error_text());
    if (state != io::done) return wait_or_fail(state, failure_reason::connect_refused);
    tcp_done_ = base::now();
    if (tls_ == nullptr) {
        phase_ = phase::idle;
        reusable_ = true;
        return step::connected;
    }
    phase_ = phase::tls;
    if (!channel_.start_tls_client(*tls_, host_))
        return fail(failure_reason::tls, channel_.error_text());
    return continue_tls();
}

step client::continue_tls()
{
    const auto state = channel_.handshake();
    if (state != io::done) return wait_or_fail(state, failure_reason::tls);
    tls_done_ = base::now();
    phase_ = phase::idle;
    reusable_ = true;
    return step::connected;
}

step client::send(const url& to, const outgoing& what)
{
    assert(phase_ == phase::idle);
    render(out_, to, what);
    written_ = 0;
    parser_.reset();
    phase_ = phase::writing;
    return continue_write();
}

step client::continue_write()
{
    while (written_ != out_.size()) {
        std::size_t n = 0;
        const auto state = channel_.write_some(std::string_view(out_).substr(written_), n);
        if (state != io::done) {
            if (state == io::failed) stale_ = served_ > 0;
            return wait_or_fail(state, failure_reason::peer_reset);
        }
        written_ += n;
        sent_ += n;
    }
    phase_ = phase::reading;
    // An answer cannot be there yet on a real network: wait before the first read.
    return step::want_read;
}

step client::continue_read()
{
    const auto scratch = thread_scratch();
    bool complete = false;
    for (unsigned i = 0; i != base::limits::http_reads_per_turn && !complete; ++i) {
        std::size_t n = 0;
        const auto state = channel_.read_some(scratch, n);
        parse parsed = parse::more;
        if (state == io::done) {
            received_ += n;
            parsed = parser_.feed({scratch.data(), n});
        } else if (state == io::eof) {
            stale_ = served_ > 0 && !parser_.started();
            if (!parser_.started())
                return fail(failure_reason::peer_reset, "the peer closed without an answer");
            parsed = parser_.end_of_stream();
        } else {
            if (state == io::failed) stale_ = served_ > 0 && !parser_.started();
            return wait_or_fail(state, failure_reason::peer_reset);
        }
        if (parsed == parse::failed) {
            const auto reason =
                state == io::eof ? failure_reason::peer_reset : failure_reason::protocol;
            return fail(reason, "not an HTTP response: " + std::string(parser_.error()));
        }
        complete = parsed == parse::done;
    }
    if (!complete) return step::want_read;
    ++served_;
    phase_ = phase::idle;
    reusable_ = parser_.message().keep_alive && !parser_.surplus();
    return step::replied;
}

step client::resume()
{
    switch (phase_) {
    case phase::connecting:
        return continue_connect(channel_.finish_connect());
    case phase::tls:
        return continue_tls();
    case phase::writing:
        return continue_write();
    case phase::reading:
        return continue_read();
    case phase::closed:
    case phase::idle:
        break;
    }
    return fail(failure_reason::aborted, "resumed without a request");
}

failure_reason client::timeout_reason() const noexcept
{
    switch (phase_) {
    case phase::connecting:
        return failure_reason::connect_timeout;
    case phase::tls:
        return failure_reason::tls;
    default:
        return failure_reason::read_timeout;
    }
}

void client::close() noexcept
{
    channel_.close();
    phase_ = phase::closed;
    reusable_ = false;
}

} // namespace cpestorm::http
