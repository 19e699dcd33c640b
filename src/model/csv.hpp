#pragma once

// Comma-separated values (RFC 4180), read record by record.

#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::model {

struct csv_record {
    std::vector<std::string> fields;
    std::vector<unsigned> columns; // 1-based byte column where each field starts
    unsigned line = 0;             // 1-based line where the record starts
};

class csv_reader {
public:
    // `file` is used in diagnostics; both must outlive the reader. A byte order mark is skipped.
    csv_reader(const std::string& file, std::string_view text) noexcept;

    // The next record, skipping blank lines; empty at the end. Lines end with LF or CRLF. Errors: a
    // quoted field without its closing quote, or with text behind it.
    [[nodiscard]] base::checked<std::optional<csv_record>> next();

private:
    [[nodiscard]] base::checked<std::string> quoted_field();
    [[nodiscard]] base::diagnostic complain(std::size_t at, std::string what) const;

    const std::string& file_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    unsigned line_ = 1;
};

} // namespace cpestorm::model
