#include "base/error.hpp"

#include <stdexcept>

namespace cpestorm::base {
namespace {

// g++ 12 warns of the base class's destructor, which is not ours to make virtual; nobody deletes an
// error category.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "cpestorm"; }

    std::string message(int value) const override
    {
        switch (static_cast<errc>(value)) {
        case errc::ok:
            return "success";
        case errc::malformed:
            return "malformed input";
        case errc::limit_exceeded:
            return "limit exceeded";
        case errc::unsupported:
            return "not supported";
        case errc::refused:
            return "refused by the peer";
        case errc::timeout:
            return "timed out";
        case errc::aborted:
            return "aborted";
        case errc::closed:
            return "connection closed by the peer";
        case errc::not_found:
            return "not found";
        case errc::protocol:
            return "protocol violation by the peer";
        case errc::internal:
            return "internal error";
        }
        return "unknown error";
    }
};
#pragma GCC diagnostic pop

} // namespace

const boost::system::error_category& error_category() noexcept
{
    static const category instance;
    return instance;
}

std::string diagnostic::text() const
{
    std::string out = where;
    if (line != 0) {
        if (!out.empty()) out += ':';
        out += std::to_string(line);
        if (column != 0) out += ':' + std::to_string(column);
    }
    if (!out.empty()) out += ": ";
    return out + what;
}

void throw_exception_from_error(const diagnostic& d, const boost::source_location&)
{
    throw std::runtime_error(d.text());
}

} // namespace cpestorm::base
