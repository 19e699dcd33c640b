#pragma once

// HTTP/1.1 messages out of bytes, however they are cut: Beast's parser behind a seam. One object
// serves many messages and keeps its memory.

#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::http {

// A received response. The views live until the parser's next reset() or, for a body that came in
// one piece, until the calling thread's next read.
struct response {
    unsigned status = 0;
    std::uint64_t body_bytes = 0; // also of a body that was not kept
    std::string_view body;
    std::string_view location;
    std::string_view content_type;
    std::string_view authentication_info;
    std::string_view retry_after;
    std::vector<std::string_view> www_authenticate;
    std::vector<std::string_view> set_cookie;
    bool keep_alive = true;
};

// A received request; lifetimes as above.
struct request {
    std::string_view method;
    std::string_view target;
    std::string_view body;
    std::string_view authorization;
    std::string_view cookie;
    std::string_view content_type;
    std::string_view soap_action;
    bool has_soap_action = false;
    bool has_content_length = false;
    bool expects_continue = false;
    bool keep_alive = true;
};

enum class parse : std::uint8_t {
    more,   // give the following bytes
    done,   // a whole message is there
    failed, // malformed or over a limit, see error()
};

class response_parser {
public:
    response_parser();
    ~response_parser();
    response_parser(const response_parser&) = delete;
    response_parser& operator=(const response_parser&) = delete;

    // Forgets the last message. Bytes already given that follow it are kept for the next one.
    void reset();
    // Forgets everything (new connection).
    void clear();
    // Whether bodies are kept (the default, up to limits::http_body_bytes) or only counted; takes
    // effect with the next reset().
    void keep_body(bool keep) noexcept;
    // Takes bytes; interim (1xx) responses are skipped.
    [[nodiscard]] parse feed(std::string_view bytes);
    // The stream has ended: done if that ends the message, otherwise failed.
    [[nodiscard]] parse end_of_stream();
    // True if at least one byte of the message has arrived.
    [[nodiscard]] bool started() const noexcept;
    // Bytes of the current message's body so far.
    [[nodiscard]] std::uint64_t body_bytes() const noexcept;
    // Bytes followed the message that nobody asked for.
    [[nodiscard]] bool surplus() const noexcept;
    // Precondition: done.
    [[nodiscard]] const response& message() const noexcept;
    [[nodiscard]] std::string_view error() const noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

class request_parser {
public:
    explicit request_parser(std::size_t body_limit);
    ~request_parser();
    request_parser(const request_parser&) = delete;
    request_parser& operator=(const request_parser&) = delete;

    void reset();
    [[nodiscard]] parse feed(std::string_view bytes);
    [[nodiscard]] bool started() const noexcept;
    // Bytes that follow the message are there already: feed({}) after reset() reads them.
    [[nodiscard]] bool surplus() const noexcept;
    // The header is complete and asks for "100 Continue" before the body comes.
    [[nodiscard]] bool wants_continue() const noexcept;
    [[nodiscard]] const request& message() const noexcept;
    // The status to refuse a failed message with: 400, 413 or 431.
    [[nodiscard]] unsigned error_status() const noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace cpestorm::http
