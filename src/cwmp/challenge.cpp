#include "base/text.hpp"
#include "cwmp/auth.hpp"
#include "cwmp/auth_params.hpp"
#include "cwmp/digest.hpp"

#include <utility>

namespace cpestorm::cwmp {
namespace {

// A challenge being read.
struct draft {
    challenge c;
    bool known_algorithm = true;
    bool qop = false; // a choice of qop is offered
};

draft begin(std::string_view scheme)
{
    draft d;
    if (base::iequals(scheme, "Digest")) d.c.scheme = auth_scheme::digest;
    if (base::iequals(scheme, "Basic")) d.c.scheme = auth_scheme::basic;
    return d;
}

// The list of a qop parameter: "auth,auth-int".
bool offers_auth(std::string_view list)
{
    while (!list.empty()) {
        const auto end = list.find(',');
        if (base::iequals(base::trim(list.substr(0, end)), "auth")) return true;
        if (end == std::string_view::npos) break;
        list.remove_prefix(end + 1);
    }
    return false;
}

void set_parameter(draft& d, std::string_view name, std::string value)
{
    if (base::iequals(name, "realm")) {
        d.c.realm = std::move(value);
    } else if (base::iequals(name, "nonce")) {
        d.c.nonce = std::move(value);
    } else if (base::iequals(name, "opaque")) {
        d.c.opaque = std::move(value);
    } else if (base::iequals(name, "stale")) {
        d.c.stale = base::iequals(value, "true");
    } else if (base::iequals(name, "algorithm")) {
        const auto a = parse_digest_algorithm(base::trim(value));
        if (a) d.c.algorithm = *a;
        d.known_algorithm = a.has_value();
    } else if (base::iequals(name, "qop") && !base::trim(value).empty()) {
        d.qop = true;
        d.c.qop_auth = d.c.qop_auth || offers_auth(value);
    }
}

// 0: cannot be answered.
int strength(const draft& d) noexcept
{
    if (d.c.scheme == auth_scheme::basic) return 1;
    if (d.c.scheme == auth_scheme::none || d.c.nonce.empty()) return 0;
    if (!d.known_algorithm || (d.qop && !d.c.qop_auth)) return 0;
    const bool md5 =
        d.c.algorithm == digest_algorithm::md5 || d.c.algorithm == digest_algorithm::md5_sess;
    return md5 ? 2 : 3;
}

void keep_stronger(draft& best, draft& candidate)
{
    if (strength(candidate) > strength(best)) best = std::move(candidate);
}

} // namespace

std::optional<challenge> choose_challenge(std::span<const std::string_view> www_authenticate)
{
    draft best;
    for (const auto header : www_authenticate) {
        draft current;
        auth_scanner in(header);
        while (auto piece = in.next()) {
            if (piece->value) {
                set_parameter(current, piece->name, std::move(*piece->value));
                continue;
            }
            // The rest of a list without quotes: qop=auth,auth-int.
            if (base::iequals(piece->name, "auth-int")) continue;
            if (base::iequals(piece->name, "auth")) {
                set_parameter(current, "qop", "auth");
                continue;
            }
            keep_stronger(best, current);
            current = begin(piece->name);
        }
        keep_stronger(best, current);
    }
    if (strength(best) == 0) return std::nullopt;
    return std::move(best.c);
}

std::optional<std::string> parse_next_nonce(std::string_view authentication_info)
{
    auth_scanner in(authentication_info);
    while (auto piece = in.next())
        if (piece->value && base::iequals(piece->name, "nextnonce") && !piece->value->empty())
            return std::move(*piece->value);
    return std::nullopt;
}

} // namespace cpestorm::cwmp
