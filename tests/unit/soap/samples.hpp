#pragma once

// One or more envelopes for every message, and what the tests of `soap` share.

#include "soap/decode.hpp"
#include "soap/encode.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace cpestorm::soap::test {

struct sample {
    std::string name; // also the name of its golden file
    envelope what;
    bool in_schema = true; // false: the schema has no such message
};

// Every alternative of `message` at least once; strings obey the schema's facets
// where `in_schema` says so.
[[nodiscard]] const std::vector<sample>& samples();

[[nodiscard]] std::string encoded(const envelope& e);

// An envelope around `body` with the given prefixes' usual declarations.
[[nodiscard]] std::string
wrap(std::string_view body,
     std::string_view header = "<cwmp:ID s:mustUnderstand=\"1\">7</cwmp:ID>");

// decode() that fails the running test if the bytes are refused.
[[nodiscard]] envelope must_decode(std::string_view xml,
                                   std::vector<std::string_view>* deviations = nullptr);

// decode() that fails the running test unless the bytes are refused.
[[nodiscard]] decode_error must_refuse(std::string_view xml);

} // namespace cpestorm::soap::test

namespace cpestorm::soap {

// How GoogleTest prints them.
void PrintTo(const envelope& e, std::ostream* out);
void PrintTo(decode_error::kind k, std::ostream* out);

} // namespace cpestorm::soap
