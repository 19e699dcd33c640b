#pragma once

#include <string>
#include <string_view>

namespace cpestorm::cwmp {

// The cookies of one session, kept as the Cookie header they go out in. Domain, Path and Secure are
// ignored on purpose: a session belongs to one ACS wherever it redirects to, and ACSs behind
// proxies set a Path that does not match their own URL.
class cookie_jar {
public:
    void clear() noexcept { header_.clear(); }

    // Takes the value of a Set-Cookie header: adds, replaces the one of the same name, or deletes
    // it (Max-Age of 0 or less; Expires in the year 2000 or before, as there is no clock). One that
    // does not fit limits::http_cookie_bytes, or has no name, is ignored.
    void take(std::string_view set_cookie);

    // "a=1; b=2"; empty if there are none. Lives until the next change.
    [[nodiscard]] std::string_view header() const noexcept { return header_; }

private:
    void erase(std::string_view name);
    std::string header_;
};

} // namespace cpestorm::cwmp
