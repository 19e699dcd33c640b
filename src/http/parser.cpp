#include "http/parser.hpp"

#include "base/limits.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <array>
#include <optional>
#include <utility>

namespace cpestorm::http {
namespace {

namespace beast = boost::beast;
namespace bh = boost::beast::http;
using base::error_code;

std::string_view view(beast::string_view s)
{
    return {s.data(), s.size()};
}

// Text of header fields that must outlive the read buffer. Views are made when the message is
// complete, because the text may move while it grows.
class field_store {
public:
    struct slice {
        std::uint32_t at = 0, size = 0;
    };

    void clear() { text_.clear(); }
    slice keep(std::string_view s)
    {
        const slice out{static_cast<std::uint32_t>(text_.size()),
                        static_cast<std::uint32_t>(s.size())};
        text_ += s;
        return out;
    }
    [[nodiscard]] std::string_view get(slice s) const
    {
        return std::string_view(text_).substr(s.at, s.size);
    }

private:
    std::string text_; // bounded by limits::http_header_bytes
};

// The body: a view of the caller's bytes when it came in one piece, otherwise a copy.
class body_store {
public:
    void clear()
    {
        whole_ = {};
        copy_.clear();
        bytes_ = 0;
    }
    void add(std::string_view piece)
    {
        bytes_ += piece.size();
        if (!keep) return;
        if (whole_.empty() && copy_.empty()) {
            whole_ = piece;
            return;
        }
        settle();
        copy_ += piece;
    }
    // The caller's bytes are about to go away.
    void settle()
    {
        if (!whole_.empty()) copy_ += std::exchange(whole_, {});
    }
    [[nodiscard]] std::string_view get() const { return whole_.empty() ? copy_ : whole_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

    bool keep = true;

private:
    std::uint64_t bytes_ = 0;
    std::string_view whole_;
    std::string copy_;
};

// What both directions share: Beast's callbacks that only matter to one of them stay empty.
template <bool is_request>
class beast_parser : public bh::basic_parser<is_request> {
public:
    explicit beast_parser(body_store& body, std::size_t body_limit)
        : body_(body)
    {
        this->header_limit(static_cast<std::uint32_t>(base::limits::http_header_bytes));
        this->body_limit(body_limit);
        this->eager(true);
    }

protected:
    void on_request_impl(bh::verb, beast::string_view, beast::string_view, int,
                         error_code& ec) override
    {
        ec = {};
    }
    void on_response_impl(int, beast::string_view, int, error_code& ec) override { ec = {}; }
    void on_header_impl(error_code& ec) override { ec = {}; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& ec) override
    {
        ec = {};
    }
    std::size_t on_body_impl(beast::string_view s, error_code& ec) override
    {
        ec = {};
        body_.add(view(s));
        return s.size();
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code& ec) override
    {
        ec = {};
    }
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view s, error_code& ec) override
    {
        ec = {};
        body_.add(view(s));
        return s.size();
    }
    void on_finish_impl(error_code& ec) override { ec = {}; }

private:
    body_store& body_;
};

// Feeds a Beast parser that wants a header in one contiguous piece: what it leaves unread is
// carried over and given again with the bytes that follow.
class feeder {
public:
    void clear() { carry_.clear(); }

    template <class Parser>
    parse feed(Parser& parser, body_store& body, std::string_view bytes, error_code& ec)
    {
        std::string joined;
        if (!carry_.empty()) {
            joined = std::move(carry_);
            joined += bytes;
            bytes = joined;
        }
        const bool copied = !joined.empty();
        while (!parser.is_done() && !bytes.empty()) {
            ec = {};
            const auto used = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), ec);
            bytes.remove_prefix(used);
            if (ec == bh::error::need_more) {
                ec = {};
                break;
            }
            if (ec) return parse::failed;
            if (used == 0) break;
        }
        if (copied || !parser.is_done()) body.settle();
        carry_.assign(bytes);
        return parser.is_done() ? parse::done : parse::more;
    }

    [[nodiscard]] bool empty() const { return carry_.empty(); }

private:
    std::string carry_;
};

} // namespace

// --- responses ----------------------------------------------------------------------------------

struct response_parser::impl {
    struct reader final : beast_parser<false> {
        explicit reader(impl& i)
            : beast_parser(i.body, base::limits::http_body_bytes)
            , self(i)
        {
        }

        void on_response_impl(int code, beast::string_view, int, error_code& ec) override
        {
            ec = {};
            self.out.status = static_cast<unsigned>(code);
        }
        void on_field_impl(bh::field name, beast::string_view, beast::string_view value,
                           error_code& ec) override
        {
            ec = {};
            self.field(name, view(value));
        }
        impl& self;
    };

    void field(bh::field name, std::string_view value)
    {
        switch (name) {
        case bh::field::location:
            location = fields.keep(value);
            break;
        case bh::field::content_type:
            content_type = fields.keep(value);
            break;
        case bh::field::authentication_info:
            info = fields.keep(value);
            break;
        case bh::field::retry_after:
            retry_after = fields.keep(value);
            break;
        case bh::field::www_authenticate:
            challenges.push_back(fields.keep(value));
            break;
        case bh::field::set_cookie:
            cookies.push_back(fields.keep(value));
            break;
        default:
            break;
        }
    }

    void start_message()
    {
        parser.emplace(*this);
        body.keep = keep_body;
        if (!keep_body) parser->body_limit(boost::none);
        fields.clear();
        body.clear();
        location = content_type = info = retry_after = {};
        challenges.clear();
        cookies.clear();
        out.status = 0;
    }

    void finish()
    {
        out.body = body.get();
        out.body_bytes = body.bytes();
        out.location = fields.get(location);
        out.content_type = fields.get(content_type);
        out.authentication_info = fields.get(info);
        out.retry_after = fields.get(retry_after);
        out.www_authenticate.clear();
        for (auto s : challenges)
            out.www_authenticate.push_back(fields.get(s));
        out.set_cookie.clear();
        for (auto s : cookies)
            out.set_cookie.push_back(fields.get(s));
        out.keep_alive = parser->keep_alive();
    }

    std::optional<reader> parser;
    feeder input;
    field_store fields;
    body_store body;
    field_store::slice location, content_type, info, retry_after;
    std::vector<field_store::slice> challenges, cookies;
    unsigned interim = 0;
    bool keep_body = true;
    response out;
    std::string error;
};

response_parser::response_parser()
    : impl_(std::make_unique<impl>())
{
    clear();
}

response_parser::~response_parser() = default;

void response_parser::reset()
{
    impl_->start_message();
    impl_->interim = 0;
}

void response_parser::clear()
{
    reset();
    impl_->input.clear();
}

void response_parser::keep_body(bool keep) noexcept
{
    impl_->keep_body = keep;
}

std::uint64_t response_parser::body_bytes() const noexcept
{
    return impl_->body.bytes();
}

parse response_parser::feed(std::string_view bytes)
{
    auto& i = *impl_;
    for (;;) {
        error_code ec;
        const auto state = i.input.feed(*i.parser, i.body, bytes, ec);
        if (state == parse::failed) {
            i.error = ec.message();
            return state;
        }
        if (state == parse::more) return state;
        if (i.out.status >= 200) {
            i.finish();
            return state;
        }
        if (++i.interim > base::limits::http_interim_responses) {
            i.error = "too many interim responses";
            return parse::failed;
        }
        i.start_message();
        bytes = {}; // what followed the interim response is in the feeder
    }
}

parse response_parser::end_of_stream()
{
    auto& i = *impl_;
    if (i.parser->is_done()) return parse::done;
    error_code ec;
    i.parser->put_eof(ec);
    if (ec || !i.parser->is_done()) {
        i.error = "the connection was closed inside a message";
        return parse::failed;
    }
    i.finish();
    i.out.keep_alive = false;
    return parse::done;
}

bool response_parser::started() const noexcept
{
    return impl_->parser->got_some() || !impl_->input.empty();
}

bool response_parser::surplus() const noexcept
{
    return !impl_->input.empty();
}

const response& response_parser::message() const noexcept
{
    return impl_->out;
}

std::string_view response_parser::error() const noexcept
{
    return impl_->error;
}

// --- requests -----------------------------------------------------------------------------------

struct request_parser::impl {
    explicit impl(std::size_t limit)
        : body_limit(limit)
    {
    }

    struct reader final : beast_parser<true> {
        explicit reader(impl& i)
            : beast_parser(i.body, i.body_limit)
            , self(i)
        {
        }

        void on_request_impl(bh::verb, beast::string_view method, beast::string_view target, int,
                             error_code& ec) override
        {
            ec = {};
            self.method = self.fields.keep(view(method));
            self.target = self.fields.keep(view(target));
        }
        void on_field_impl(bh::field name, beast::string_view text, beast::string_view value,
                           error_code& ec) override
        {
            ec = {};
            self.field(name, view(text), view(value));
        }
        impl& self;
    };

    void field(bh::field name, std::string_view, std::string_view value)
    {
        switch (name) {
        case bh::field::authorization:
            authorization = fields.keep(value);
            break;
        case bh::field::cookie:
            cookie = fields.keep(value);
            break;
        case bh::field::content_type:
            content_type = fields.keep(value);
            break;
        case bh::field::soapaction:
            soap_action = fields.keep(value);
            out.has_soap_action = true;
            break;
        case bh::field::content_length:
            out.has_content_length = true;
            break;
        case bh::field::expect:
            out.expects_continue = true;
            break;
        default:
            break;
        }
    }

    void start_message()
    {
        parser.emplace(*this);
        fields.clear();
        body.clear();
        method = target = authorization = cookie = content_type = soap_action = {};
        out.has_soap_action = out.has_content_length = out.expects_continue = false;
    }

    void finish()
    {
        out.method = fields.get(method);
        out.target = fields.get(target);
        out.authorization = fields.get(authorization);
        out.cookie = fields.get(cookie);
        out.content_type = fields.get(content_type);
        out.soap_action = fields.get(soap_action);
        out.body = body.get();
        out.keep_alive = parser->keep_alive();
    }

    std::size_t body_limit;
    std::optional<reader> parser;
    feeder input;
    field_store fields;
    body_store body;
    field_store::slice method, target, authorization, cookie, content_type, soap_action;
    request out;
    unsigned status = 400;
};

request_parser::request_parser(std::size_t body_limit)
    : impl_(std::make_unique<impl>(body_limit))
{
    impl_->start_message();
}

request_parser::~request_parser() = default;

void request_parser::reset()
{
    impl_->start_message();
}

parse request_parser::feed(std::string_view bytes)
{
    auto& i = *impl_;
    error_code ec;
    const auto state = i.input.feed(*i.parser, i.body, bytes, ec);
    if (state == parse::done) i.finish();
    if (state == parse::failed) {
        i.status = ec == bh::error::body_limit ? 413 : ec == bh::error::header_limit ? 431 : 400;
    }
    return state;
}

bool request_parser::started() const noexcept
{
    return impl_->parser->got_some() || !impl_->input.empty();
}

bool request_parser::surplus() const noexcept
{
    return !impl_->input.empty();
}

bool request_parser::wants_continue() const noexcept
{
    return impl_->out.expects_continue && impl_->parser->is_header_done() &&
           !impl_->parser->is_done();
}

const request& request_parser::message() const noexcept
{
    return impl_->out;
}

unsigned request_parser::error_status() const noexcept
{
    return impl_->status;
}

} // namespace cpestorm::http
