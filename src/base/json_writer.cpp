#include "base/json_writer.hpp"

#include "base/text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace cpestorm::base {
namespace {

void append_escaped(std::string& out, char c)
{
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        break;
    }
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x20) {
        out += c;
    } else {
        out += u < 0x10 ? "\\u000" : "\\u001";
        out += "0123456789abcdef"[u & 15];
    }
}

// Text from a peer may be no UTF-8, which JSON must be: such bytes become U+FFFD.
void append_string(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        const auto valid = valid_utf8_prefix(text);
        for (char c : text.substr(0, valid))
            append_escaped(out, c);
        text.remove_prefix(valid);
        if (text.empty()) break;
        out += "\xEF\xBF\xBD";
        text.remove_prefix(1);
    }
    out += '"';
}

} // namespace

void json_writer::new_line()
{
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(indent_ * filled_.size(), ' ');
}

// Puts the comma and the line break that belong before a value or a key.
void json_writer::before_value()
{
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (filled_.empty()) return;
    if (filled_.back()) out_ += ',';
    filled_.back() = true;
    new_line();
}

void json_writer::open(char bracket)
{
    before_value();
    out_ += bracket;
    filled_.push_back(false);
}

void json_writer::close(char bracket)
{
    const bool had_members = filled_.back();
    filled_.pop_back();
    if (had_members) new_line();
    out_ += bracket;
}

json_writer& json_writer::begin_object()
{
    open('{');
    return *this;
}

json_writer& json_writer::end_object()
{
    close('}');
    return *this;
}

json_writer& json_writer::begin_array()
{
    open('[');
    return *this;
}

json_writer& json_writer::end_array()
{
    close(']');
    return *this;
}

json_writer& json_writer::key(std::string_view name)
{
    before_value();
    append_string(out_, name);
    out_ += indent_ == 0 ? ":" : ": ";
    after_key_ = true;
    return *this;
}

json_writer& json_writer::value(std::string_view text)
{
    before_value();
    append_string(out_, text);
    return *this;
}

json_writer& json_writer::value(bool b)
{
    before_value();
    out_ += b ? "true" : "false";
    return *this;
}

json_writer& json_writer::value(std::uint64_t n)
{
    before_value();
    append_number(out_, n);
    return *this;
}

json_writer& json_writer::value(std::int64_t n)
{
    before_value();
    if (n < 0) out_ += '-';
    append_number(out_, n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n));
    return *this;
}

json_writer& json_writer::value(double d)
{
    if (!std::isfinite(d)) return null();
    before_value();
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), d).ptr;
    out_.append(digits.data(), end);
    return *this;
}

json_writer& json_writer::null()
{
    before_value();
    out_ += "null";
    return *this;
}

} // namespace cpestorm::base
