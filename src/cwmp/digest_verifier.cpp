#include "base/text.hpp"
#include "cwmp/auth.hpp"
#include "cwmp/auth_params.hpp"
#include "cwmp/digest.hpp"
#include "cwmp/hash.hpp"

#include <charconv>
#include <utility>

namespace cpestorm::cwmp {
namespace {

constexpr std::size_t hex_digits = 8;   // of a time stamp and of a nonce count
constexpr std::size_t seal_digits = 24; // of the keyed hash in a nonce

struct presented {
    std::string username, nonce, uri, response, cnonce, nc, qop;
    digest_algorithm algorithm = digest_algorithm::md5;
    bool known_algorithm = true;
};

void take_parameter(presented& p, std::string_view name, std::string value)
{
    const std::pair<std::string_view, std::string*> texts[] = {
        {"username", &p.username}, {"nonce", &p.nonce},   {"uri", &p.uri}, {"qop", &p.qop},
        {"response", &p.response}, {"cnonce", &p.cnonce}, {"nc", &p.nc},
    };
    for (const auto& [known, to] : texts) {
        if (!base::iequals(name, known)) continue;
        *to = std::move(value);
        return;
    }
    if (!base::iequals(name, "algorithm")) return;
    const auto algorithm = parse_digest_algorithm(value);
    p.known_algorithm = algorithm.has_value();
    if (algorithm) p.algorithm = *algorithm;
}

std::optional<std::uint32_t> parse_hex(std::string_view s) noexcept
{
    std::uint32_t n = 0;
    const auto [end, ec] = std::from_chars(s.data(), s.data() + s.size(), n, 16);
    if (ec != std::errc() || end != s.data() + s.size() || s.size() != hex_digits)
        return std::nullopt;
    return n;
}

std::string to_hex(std::uint32_t n)
{
    std::string out(hex_digits, '0');
    for (auto p = out.rbegin(); n != 0; n >>= 4)
        *p++ = "0123456789abcdef"[n & 15];
    return out;
}

// Some clients answer in upper case.
std::string lower_hex(std::string s)
{
    for (char& c : s)
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    return s;
}

digest_verifier::verdict check_basic(std::string_view token, const credentials& expected)
{
    using enum digest_verifier::verdict;
    const auto plain = base::from_base64(token);
    if (!plain || plain->find(':') == std::string::npos) return malformed;
    return equal_secrets(*plain, expected.username + ':' + expected.password) ? ok : wrong;
}

bool complete(const presented& p)
{
    const bool with_qop = !p.qop.empty();
    return p.known_algorithm && !p.nonce.empty() && !p.uri.empty() && !p.response.empty() &&
           (!with_qop || (base::iequals(p.qop, "auth") && !p.cnonce.empty() && parse_hex(p.nc)));
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
    std::string out = to_hex(now);
    return out += hmac_sha256_hex(secret_, out).substr(0, seal_digits);
}

std::string digest_verifier::make_challenge(std::uint32_t now, bool stale) const
{
    std::string out = "Digest ";
    append_quoted(out, "realm", realm_);
    append_quoted(out, ", qop=\"auth\", algorithm=MD5, nonce", make_nonce(now));
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
    if (!scheme) return verdict::absent;
    if (scheme->value) return verdict::malformed;
    if (base::iequals(scheme->name, "Basic") && allow_basic)
        return check_basic(base::trim(in.rest()), expected);
    if (!base::iequals(scheme->name, "Digest")) return verdict::absent;

    presented p;
    while (auto piece = in.next()) {
        if (!piece->value) return verdict::malformed;
        take_parameter(p, piece->name, std::move(*piece->value));
    }
    if (!complete(p)) return verdict::malformed;

    const auto stamp = parse_hex(std::string_view(p.nonce).substr(0, hex_digits));
    const bool ours = stamp && equal_secrets(p.nonce, make_nonce(*stamp));
    const digest_input q{.algorithm = p.algorithm,
                         .realm = realm_,
                         .nonce = p.nonce,
                         .cnonce = p.cnonce,
                         .nonce_count = p.qop.empty() ? std::string_view() : p.nc,
                         .http_method = http_method,
                         .uri = p.uri};
    const std::string right = digest_response(q, expected);
    const bool answered = equal_secrets(lower_hex(std::move(p.response)), right);
    const bool known = equal_secrets(p.username, expected.username);
    if (right.empty() || !ours || !answered || !known || p.uri != request_target)
        return verdict::wrong;
    if (*stamp > now || now - *stamp > lifetime_) return verdict::stale;
    if (nc != nullptr) *nc = p.qop.empty() ? 1 : *parse_hex(p.nc);
    return verdict::ok;
}

} // namespace cpestorm::cwmp
