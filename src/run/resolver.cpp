#include "run/resolver.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace cpestorm::run {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds kept{60};
constexpr std::size_t cache_max = 1024; // names; an ACS that redirects at random cannot grow it

} // namespace

std::optional<tcp::endpoint> resolver::cached(const std::string& host, std::uint16_t port,
                                              base::instant now)
{
    if (const auto found = entries_.find(host); found != entries_.end()) {
        if (now < found->second.good_until) return tcp::endpoint(found->second.address, port);
        found->second.good_until = now + kept; // this caller refreshes it, no other
        base::error_code ec;
        (void)asio::ip::make_address(host, ec);
        if (ec) return std::nullopt;
        return tcp::endpoint(found->second.address, port);
    }
    base::error_code ec;
    const auto numeric = asio::ip::make_address(host, ec);
    if (ec) return std::nullopt;
    remember(host, numeric, now);
    return tcp::endpoint(numeric, port);
}

void resolver::remember(const std::string& host, const asio::ip::address& address,
                        base::instant now)
{
    if (entries_.size() >= cache_max) entries_.clear();
    entries_.insert_or_assign(host, entry{address, now + kept});
}

asio::awaitable<base::error_code> resolver::resolve(std::string host)
{
    base::error_code ec;
    const std::string no_service;
    const auto found = co_await resolver_.async_resolve(
        host, no_service, asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return ec;
    remember(host, found.begin()->endpoint().address(), base::now());
    co_return ec;
}

} // namespace cpestorm::run
