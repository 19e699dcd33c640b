#include "cwmp/url.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

namespace cpestorm::cwmp {
namespace {

// Takes `prefix` off the front of `s`, letters of any case.
bool take(std::string_view& s, std::string_view prefix) noexcept
{
    if (!base::iequals(s.substr(0, prefix.size()), prefix)) return false;
    s.remove_prefix(prefix.size());
    return true;
}

std::string_view without_default_port(const url_parts& u) noexcept
{
    const std::string_view suffix = u.tls ? ":443" : ":80";
    auto authority = u.authority;
    if (authority.ends_with(suffix)) authority.remove_suffix(suffix.size());
    return authority;
}

bool printable(std::string_view s) noexcept
{
    for (const char c : s)
        if (c <= ' ' || c == '\x7f') return false; // beyond ASCII counts as negative: refused too
    return true;
}

} // namespace

std::optional<url_parts> split_url(std::string_view url) noexcept
{
    url_parts out;
    url = url.substr(0, url.find('#'));
    if (take(url, "https://"))
        out.tls = true;
    else if (!take(url, "http://"))
        return std::nullopt;
    const auto end = url.find_first_of("/?");
    out.authority = url.substr(0, end);
    if (end != url.npos) out.target = url.substr(end);
    const auto at = out.authority.rfind('@');
    if (at != out.authority.npos) out.authority.remove_prefix(at + 1);
    if (out.authority.empty()) return std::nullopt;
    return out;
}

std::string request_target(std::string_view url)
{
    const auto u = split_url(url);
    if (!u || u->target.empty()) return "/";
    return u->target.front() == '/' ? std::string(u->target) : "/" + std::string(u->target);
}

bool same_origin(std::string_view a, std::string_view b) noexcept
{
    const auto x = split_url(a);
    const auto y = split_url(b);
    return x && y && x->tls == y->tls &&
           base::iequals(without_default_port(*x), without_default_port(*y));
}

std::optional<std::string> follow_location(std::string_view from, std::string_view location)
{
    location = base::trim(location);
    if (location.empty() || location.size() > base::limits::url_bytes || !printable(location))
        return std::nullopt;
    if (split_url(location)) return std::string(location);
    const auto base_url = split_url(from);
    const auto colon = location.find_first_of(":/?#");
    const bool other_scheme = colon != location.npos && location[colon] == ':';
    if (!base_url || other_scheme) return std::nullopt;

    std::string out = base_url->tls ? "https:" : "http:";
    if (location.starts_with("//"))
        return split_url(out + std::string(location)) ? std::optional(out + std::string(location))
                                                      : std::nullopt;
    out.append("//").append(base_url->authority);
    const auto path = base_url->target.substr(0, base_url->target.find('?'));
    if (location.front() == '?' || location.front() == '#')
        out.append(path.empty() ? "/" : path);
    else if (location.front() != '/')
        out.append(path.empty() ? "/" : path.substr(0, path.rfind('/') + 1));
    return out.append(location);
}

} // namespace cpestorm::cwmp
