#pragma once

// Host names to addresses, remembered for a while, so that a million sessions do not ask a name
// server a million times.

#include "base/error.hpp"
#include "base/time.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cpestorm::run {

using boost::asio::ip::tcp;

class resolver {
public:
    explicit resolver(boost::asio::io_context& ctx)
        : resolver_(ctx)
    {
    }

    // The address of a numeric host, or of a name that was resolved before. Empty: call resolve().
    // Once a minute one caller is sent to resolve() again; the others go on with the old address.
    [[nodiscard]] std::optional<tcp::endpoint> cached(const std::string& host, std::uint16_t port,
                                                      base::instant now);
    // Asks the system; afterwards cached() knows it. Several addresses: the first one. The error is
    // the system's ("Host not found").
    [[nodiscard]] boost::asio::awaitable<base::error_code> resolve(std::string host);
    // Takes an address that somebody else resolved.
    void remember(const std::string& host, const boost::asio::ip::address& address,
                  base::instant now);

private:
    struct entry {
        boost::asio::ip::address address;
        base::instant good_until;
    };
    tcp::resolver resolver_;
    std::map<std::string, entry, std::less<>> entries_; // bounded by cache_max
};

} // namespace cpestorm::run
