#include "http/parser_detail.hpp"

#include <optional>
#include <vector>

namespace cpestorm::http {

using namespace detail;

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

} // namespace cpestorm::http
