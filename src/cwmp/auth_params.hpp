#pragma once

// The common form of the HTTP authentication headers (RFC 9110 §11): schemes and name=value pairs.

#include <optional>
#include <string>
#include <string_view>

namespace cpestorm::cwmp {

// Reads a header value piece by piece, from left to right. Tolerant: what makes no sense is
// skipped. Every call but the last makes progress.
class auth_scanner {
public:
    explicit auth_scanner(std::string_view header) noexcept
        : rest_(header)
    {
    }

    struct piece {
        std::string_view name;            // of a parameter or, if there is no value, of a scheme
        std::optional<std::string> value; // unquoted, escapes resolved
    };
    // Empty at the end. `name` is a view into the header.
    [[nodiscard]] std::optional<piece> next();

    // What follows the last piece, without leading white space; for Basic's credentials.
    [[nodiscard]] std::string_view rest() const noexcept;

private:
    [[nodiscard]] std::string_view take_token() noexcept;
    [[nodiscard]] std::string take_value();
    void skip(std::string_view any_of) noexcept;

    std::string_view rest_;
};

// Appends name="value" with quotes and backslashes escaped; control characters are left out.
void append_quoted(std::string& out, std::string_view name, std::string_view value);

} // namespace cpestorm::cwmp
