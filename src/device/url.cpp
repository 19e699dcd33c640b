#include "device/url.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

namespace cpestorm::device {

url_verdict check_url(std::string_view url) noexcept
{
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos || colon == 0) return url_verdict::malformed;
    if (url.size() > base::limits::url_bytes) return url_verdict::malformed;
    const std::string_view scheme = url.substr(0, colon);
    if (!base::iequals(scheme, "http") && !base::iequals(scheme, "https"))
        return url_verdict::other_scheme;
    const std::string_view rest = url.substr(colon + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos) return url_verdict::userinfo;
    if (authority.empty() || authority.front() == ':') return url_verdict::malformed;
    for (const char c : url)
        if (static_cast<unsigned char>(c) <= ' ') return url_verdict::malformed;
    return url_verdict::ok;
}

} // namespace cpestorm::device
