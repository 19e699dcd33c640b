// decode() never crashes, and what it understood it understands again after encode().

#include "soap/decode.hpp"
#include "soap/encode.hpp"

#include <cstdlib>

using namespace cpestorm;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view xml(reinterpret_cast<const char*>(data), size);
    std::vector<std::string_view> deviations;
    const auto first = soap::decode(xml, &deviations);
    if (!first.has_value()) return 0;

    std::string bytes;
    soap::encode(bytes, *first);
    const auto second = soap::decode(bytes);
    // A stranger's name is cleaned on the way out, and may then be that of a known method.
    if (std::holds_alternative<soap::unknown_method>(first->message)) return 0;
    if (!second.has_value() || *second != *first) std::abort();
    return 0;
}
