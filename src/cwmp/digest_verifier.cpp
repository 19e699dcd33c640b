#include "base/text.hpp"
#include "cwmp/auth.hpp"
#include "cwmp/auth_params.hpp"
#include "cwmp/digest.hpp"
#include "cwmp/hash.hpp"

#include <utility>

namespace cpestorm::cwmp {
namespace {

constexpr std::size_t stamp_digits = 8;
constexpr std::size_t seal_digits = 32;

std::string lower(std::string s)
{
    for (char& c : s)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return s;
}

// The parameters of a Digest Authorization header.
struct digest_answer {
    std::string username;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;
    std::string cnonce;
    std::string nc;
    std::optional<std::string> qop;
    std::optional<digest_algorithm> algorithm = digest_algorithm::md5; // empty: unknown
};

void set_parameter(digest_answer& a, std::string_view name, std::string value)
{
    const std::pair<std::string_view, std::string*> texts[] = {
        {"username", &a.username}, {"realm", &a.realm},   {"nonce", &a.nonce}, {"uri", &a.uri},
        {"response", &a.response}, {"cnonce", &a.cnonce}, {"nc", &a.nc},
    };
    if (base::iequals(name, "algorithm")) {
        a.algorithm = parse_digest_algorithm(value);
    } else if (base::iequals(name, "qop")) {
        a.qop = std::move(value);
    } else {
        for (const auto& [key, text] : texts)
            if (base::iequals(name, key)) *text = std::move(value);
    }
}

bool is_complete(const digest_answer& a)
{
    if (a.nonce.empty() || a.uri.empty() || a.response.empty() || !a.algorithm) return false;
    if ((a.qop || is_session_algorithm(*a.algorithm)) && a.cnonce.empty()) return false;
    return !a.qop || (base::iequals(*a.qop, "auth") && parse_hex32(a.nc));
}

digest_verifier::verdict check_basic(std::string_view encoded, const credentials& expected)
{
    using enum digest_verifier::verdict;
    const auto decoded = base::from_base64(encoded);
    if (!decoded || decoded->find(':') == std::string::npos) return malformed;
    return equal_secrets(*decoded, expected.username + ':' + expected.password) ? ok : wrong;
}

} // namespace

digest_verifier::digest_verifier(std::string realm, std::string secret, std::uint32_t lifetime)
    : realm_(std::move(realm))
    , secret_(std::move(secret))
    , lifetime_(lifetime)
{
}

std::string digest_verifier::make_nonce(std::uint32_t now) const
{
    std::string nonce = to_hex32(now);
    nonce += hmac_sha256_hex(secret_, nonce).substr(0, seal_digits);
    return nonce;
}

std::string digest_verifier::make_challenge(std::uint32_t now, bool stale) const
{
    std::string out = "Digest ";
    append_quoted(out, "realm", realm_);
    append_quoted(out, ", nonce", make_nonce(now));
    out += ", algorithm=MD5, qop=\"auth\"";
    if (stale) out += ", stale=true";
    return out;
}

digest_verifier::verdict digest_verifier::check(std::string_view authorization,
                                                std::string_view http_method,
                                                std::string_view request_target,
                                                const credentials& expected, std::uint32_t now,
                                                bool allow_basic, std::uint32_t* nc) const
{
    auth_scanner in(authorization);
    const auto scheme = in.next();
    if (!scheme || scheme->value) return verdict::absent;
    if (allow_basic && base::iequals(scheme->name, "Basic"))
        return check_basic(in.rest(), expected);
    if (!base::iequals(scheme->name, "Digest")) return verdict::absent;

    digest_answer a;
    while (auto piece = in.next())
        if (piece->value) set_parameter(a, piece->name, std::move(*piece->value));
    if (!is_complete(a)) return verdict::malformed;

    const auto stamp = parse_hex32(std::string_view(a.nonce).substr(0, stamp_digits));
    if (!stamp || *stamp > now || !equal_secrets(a.nonce, make_nonce(*stamp)))
        return verdict::wrong;
    if (a.realm != realm_ || a.uri != request_target) return verdict::wrong;

    digest_input input;
    input.algorithm = *a.algorithm;
    input.realm = realm_;
    input.nonce = a.nonce;
    input.cnonce = a.cnonce;
    if (a.qop) input.nonce_count = a.nc;
    input.http_method = http_method;
    input.uri = a.uri;
    const std::string right = digest_response(input, expected);
    const bool user = equal_secrets(a.username, expected.username);
    const bool response = !right.empty() && equal_secrets(lower(std::move(a.response)), right);
    if (!user || !response) return verdict::wrong;
    if (now - *stamp > lifetime_) return verdict::stale;
    if (nc != nullptr) *nc = a.qop ? *parse_hex32(a.nc) : 1;
    return verdict::ok;
}

} // namespace cpestorm::cwmp
