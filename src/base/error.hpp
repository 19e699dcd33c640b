#pragma once

// Errors of the whole program: one enumeration for what a peer, a file or the network can cause
// (carried in boost::system::error_code), and one struct for faults in what a user wrote.

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <string>
#include <type_traits>

namespace cpestorm::base {

enum class errc {
    ok = 0,
    malformed,      // bytes that are not what their format says
    limit_exceeded, // a bound of base/limits.hpp was reached
    unsupported,    // understood, but not something this program does
    refused,        // the peer refused: status, credentials, redirects exhausted
    timeout,        // a deadline passed
    aborted,        // we gave up on purpose (shutdown)
    closed,         // the peer closed the connection where it must not
    not_found,      // no such file, parameter, host
    protocol,       // the peer broke the protocol
    internal,       // a fault of this program
};

const boost::system::error_category& error_category() noexcept;

inline boost::system::error_code make_error_code(errc e) noexcept
{
    return {static_cast<int>(e), error_category()};
}

using error_code = boost::system::error_code;

// The value, or the error_code that says why there is none.
template <class T>
using result = boost::system::result<T, error_code>;

// What is wrong with something a user wrote (a file, an option), said so that it can be mended.
// Write it with names: diagnostic{.where = path, .what = "..."}.
struct diagnostic {
    // Comes first so that nothing converts to a diagnostic: a text could otherwise be one (C++20
    // initializes aggregates with parentheses), and checked<std::string> would be ambiguous.
    struct no_conversion {
    } guard = {};
    std::string where = {}; // file name or option; empty if unknown
    unsigned line = 0;      // 1-based; 0 if it does not apply
    unsigned column = 0;    // 1-based, in bytes; 0 if it does not apply
    std::string what = {};  // what is wrong, what was expected, what to do

    // "file:line:column: what", leaving out what does not apply.
    [[nodiscard]] std::string text() const;
};

// The value, or the diagnostic that says why there is none.
template <class T>
using checked = boost::system::result<T, diagnostic>;

// Lets boost::system::result<T, diagnostic>::value() compile; throws std::runtime_error(text()).
[[noreturn]] void throw_exception_from_error(const diagnostic& d, const boost::source_location& at);

} // namespace cpestorm::base

template <>
struct boost::system::is_error_code_enum<cpestorm::base::errc> : std::true_type {};
