#pragma once

// What both directions of the parser share. Private to src/http: it names Beast.

#include "base/error.hpp"
#include "base/limits.hpp"
#include "http/parser.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <array>
#include <optional>
#include <utility>

namespace cpestorm::http::detail {

namespace beast = boost::beast;
namespace bh = boost::beast::http;
using base::error_code;

inline std::string_view view(beast::string_view s)
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
        // Beast itself has no limit for the rest of a header, a chunk's extensions, a trailer.
        if (!parser.is_done() && bytes.size() > base::limits::http_header_bytes) {
            ec = bh::error::header_limit;
            return parse::failed;
        }
        if (copied || !parser.is_done()) body.settle();
        carry_.assign(bytes);
        return parser.is_done() ? parse::done : parse::more;
    }

    [[nodiscard]] bool empty() const { return carry_.empty(); }

private:
    std::string carry_;
};

} // namespace cpestorm::http::detail
