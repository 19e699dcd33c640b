#include "http/url.hpp"

#include "base/text.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace cpestorm::http {
namespace {

base::diagnostic bad_url(std::string_view text, std::string_view why)
{
    // Without what may be a password.
    const auto at = text.rfind('@');
    const auto shown = at == text.npos ? text : text.substr(at + 1);
    return {.where = {},
            .what = "'" + std::string(shown.substr(0, 200)) + "' is not a usable URL: " +
                    std::string(why) + " (expected http://HOST[:PORT]/PATH or https://...)"};
}

} // namespace

base::checked<url> parse_url(std::string_view text)
{
    const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
    if (!parsed) return bad_url(text, parsed.error().message());
    const auto& u = *parsed;
    url out;
    if (base::iequals({u.scheme().data(), u.scheme().size()}, "https"))
        out.tls = true;
    else if (!base::iequals({u.scheme().data(), u.scheme().size()}, "http"))
        return bad_url(text, "the scheme is neither http nor https");
    out.host = u.host_address();
    if (out.host.empty()) return bad_url(text, "there is no host");
    // Decoded, a host may hold anything; what is no host name must not get into a header.
    for (const char c : out.host)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F)
            return bad_url(text, "the host is no name");
    out.port = out.tls ? 443 : 80;
    if (u.has_port() && !u.port().empty()) {
        const auto port = base::parse_unsigned({u.port().data(), u.port().size()});
        if (!port || *port == 0 || *port > 65535) return bad_url(text, "the port is out of range");
        out.port = static_cast<std::uint16_t>(*port);
    }
    out.target.assign(u.encoded_path().data(), u.encoded_path().size());
    if (out.target.empty()) out.target = "/";
    if (out.target.front() != '/') return bad_url(text, "the path does not begin with '/'");
    if (u.has_query())
        out.target.append("?").append(u.encoded_query().data(), u.encoded_query().size());
    out.host_header = out.host.find(':') == std::string::npos ? out.host : "[" + out.host + "]";
    if (out.port != (out.tls ? 443 : 80)) out.host_header += ":" + std::to_string(out.port);
    return out;
}

base::checked<authority> parse_authority(std::string_view text)
{
    const auto bad = [&](std::string_view why) {
        return base::diagnostic{.where = {},
                                .what = "'" + std::string(text) + "': " + std::string(why) +
                                        " (expected ADDRESS:PORT, for example 127.0.0.1:7547)"};
    };
    const auto colon = text.rfind(':');
    if (colon == text.npos) return bad("there is no port");
    const auto port = base::parse_unsigned(text.substr(colon + 1));
    if (!port || *port > 65535) return bad("the port is not a number up to 65535");
    auto host = text.substr(0, colon);
    if (host.size() > 1 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    authority out{host.empty() ? "0.0.0.0" : std::string(host), static_cast<std::uint16_t>(*port)};
    if (out.address == "localhost") out.address = "127.0.0.1";
    boost::system::error_code ec;
    (void)boost::asio::ip::make_address(out.address, ec);
    if (ec) return bad("the address is not numeric");
    return out;
}

} // namespace cpestorm::http
