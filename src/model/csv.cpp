#include "model/csv.hpp"

namespace cpestorm::model {

csv_reader::csv_reader(const std::string& file, std::string_view text) noexcept
    : file_(file)
    , text_(text)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
}

base::diagnostic csv_reader::complain(std::size_t at, std::string what) const
{
    return {.where = file_,
            .line = line_,
            .column = static_cast<unsigned>(at - line_start_ + 1),
            .what = std::move(what)};
}

// Reads a field in quotes; "" inside stands for one. at_ is on the opening quote.
base::checked<std::string> csv_reader::quoted_field()
{
    const auto open = complain(at_, "this quoted field has no closing quote");
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] != '"') {
            out += text_[at_];
            if (text_[at_] == '\n') {
                ++line_;
                line_start_ = at_ + 1;
            }
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
            out += '"';
            ++at_;
        } else {
            ++at_;
            const auto rest = text_.substr(at_);
            if (rest.empty() || rest[0] == ',' || rest[0] == '\n' || rest.starts_with("\r\n"))
                return out;
            return complain(at_, "text after the closing quote; quotes inside are doubled");
        }
    }
    return open;
}

base::checked<std::optional<csv_record>> csv_reader::next()
{
    while (at_ < text_.size()) {
        csv_record out;
        out.line = line_;
        for (;;) {
            out.columns.push_back(static_cast<unsigned>(at_ - line_start_ + 1));
            if (at_ < text_.size() && text_[at_] == '"') {
                auto field = quoted_field();
                if (!field) return field.error();
                out.fields.push_back(std::move(*field));
            } else {
                const auto end = std::min(text_.find_first_of(",\n", at_), text_.size());
                auto field = text_.substr(at_, end - at_);
                if (field.ends_with('\r')) field.remove_suffix(1);
                out.fields.emplace_back(field);
                at_ = end;
            }
            if (at_ >= text_.size() || text_[at_] != ',') break;
            ++at_;
        }
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        ++at_; // the line feed
        ++line_;
        line_start_ = at_;
        if (out.fields.size() > 1 || !out.fields[0].empty())
            return std::optional<csv_record>(std::move(out));
    }
    return std::optional<csv_record>();
}

} // namespace cpestorm::model
