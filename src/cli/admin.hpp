#pragma once

// The admin port: what a monitoring system asks a running instance.

#include "base/error.hpp"
#include "http/listener.hpp"
#include "http/server.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cpestorm::cli {

// Serves pages by path on one io_context. GET only, unless a page says otherwise.
class admin_port {
public:
    // Fills in the reply; `query`: what follows '?' in the target.
    using page = std::function<void(std::string_view query, http::reply&)>;

    // `where`: "ADDR:PORT". The diagnostic names the option.
    [[nodiscard]] static base::checked<std::unique_ptr<admin_port>>
    open(boost::asio::io_context& io, const std::string& where);

    void add(std::string path, page p, std::string_view method = "GET");
    void stop() noexcept;
    [[nodiscard]] http::tcp::endpoint local_endpoint() const { return listener_->local_endpoint(); }

private:
    struct entry {
        page fill;
        std::string_view method;
    };
    explicit admin_port(boost::asio::io_context& io);
    void handle(const http::request& q, http::reply& out) const;

    std::map<std::string, entry, std::less<>> pages_;
    std::unique_ptr<http::listener> listener_;
    http::server server_;
};

inline constexpr std::string_view prometheus_type = "text/plain; version=0.0.4; charset=utf-8";

} // namespace cpestorm::cli
