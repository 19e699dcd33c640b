#include "http/parser_detail.hpp"

#include <optional>
#include <vector>

namespace cpestorm::http {

using namespace detail;

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

        void on_request_impl(bh::verb, beast::string_view verb, beast::string_view where, int,
                             error_code& ec) override
        {
            ec = {};
            self.method = self.fields.keep(view(verb));
            self.target = self.fields.keep(view(where));
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
