#include "cli/admin.hpp"

#include "http/url.hpp"

namespace cpestorm::cli {

admin_port::admin_port(boost::asio::io_context& io)
    : server_(io, {},
              [this](const http::request& q, const http::connection_info&, http::reply& out) {
                  handle(q, out);
              })
{
    add("/healthz", [](std::string_view, http::reply& out) {
        out.content_type = "text/plain; charset=utf-8";
        out.body = "ok\n";
    });
}

base::checked<std::unique_ptr<admin_port>> admin_port::open(boost::asio::io_context& io,
                                                            const std::string& where)
{
    const auto at = http::parse_authority(where);
    if (!at) {
        auto why = at.error();
        why.where = "--admin";
        return why;
    }
    std::unique_ptr<admin_port> out(new admin_port(io));
    auto l = http::listener::open(io, {boost::asio::ip::make_address(at->address), at->port}, {});
    if (!l) {
        auto why = l.error();
        why.where = "--admin " + why.where;
        return why;
    }
    out->listener_ = std::move(*l);
    out->listener_->start([port = out.get()](int fd, std::uint32_t) { port->server_.adopt(fd); });
    return out;
}

void admin_port::add(std::string path, page p, std::string_view method)
{
    pages_.insert_or_assign(std::move(path), entry{std::move(p), method});
}

void admin_port::stop() noexcept
{
    listener_->stop();
    server_.stop();
}

void admin_port::handle(const http::request& q, http::reply& out) const
{
    const auto mark = q.target.find('?');
    const auto path = q.target.substr(0, mark);
    const auto query = mark == q.target.npos ? std::string_view() : q.target.substr(mark + 1);
    const auto found = pages_.find(path);
    if (found == pages_.end()) {
        out.status = 404;
        out.content_type = "text/plain; charset=utf-8";
        out.body = "there is no such page; there are:";
        for (const auto& [name, unused] : pages_)
            out.body += " " + name;
        out.body += "\n";
        return;
    }
    if (q.method != found->second.method) {
        out.status = 405;
        return;
    }
    found->second.fill(query, out);
}

} // namespace cpestorm::cli
