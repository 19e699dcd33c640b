#pragma once

// Writes JSON by appending to a string: commas, escapes and indentation are its business.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::base {

class json_writer {
public:
    // indent = 0 writes one line; otherwise that many spaces per level.
    explicit json_writer(std::string& out, unsigned indent = 0)
        : out_(out)
        , indent_(indent)
    {
    }

    json_writer& begin_object();
    json_writer& end_object();
    json_writer& begin_array();
    json_writer& end_array();
    json_writer& key(std::string_view name); // inside an object, before each value

    json_writer& value(std::string_view text);
    json_writer& value(const char* text) { return value(std::string_view(text)); }
    json_writer& value(bool b);
    json_writer& value(std::uint64_t n);
    json_writer& value(std::int64_t n);
    json_writer& value(unsigned n) { return value(static_cast<std::uint64_t>(n)); }
    json_writer& value(int n) { return value(static_cast<std::int64_t>(n)); }
    json_writer& value(double d); // shortest text that reads back equal; NaN and infinity -> null
    json_writer& null();

    template <class T>
    json_writer& field(std::string_view name, const T& v)
    {
        return key(name).value(v);
    }

private:
    void before_value();
    void open(char bracket);
    void close(char bracket);
    void new_line();

    std::string& out_;
    unsigned indent_;
    std::vector<bool> filled_; // per open level: has it a member already?
    bool after_key_ = false;
};

} // namespace cpestorm::base
