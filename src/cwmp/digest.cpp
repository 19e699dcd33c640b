#include "cwmp/digest.hpp"

#include "base/text.hpp"
#include "cwmp/hash.hpp"

#include <array>
#include <charconv>
#include <initializer_list>

namespace cpestorm::cwmp {
namespace {

constexpr std::array all_algorithms{digest_algorithm::md5, digest_algorithm::md5_sess,
                                    digest_algorithm::sha256, digest_algorithm::sha256_sess};

std::string join(std::initializer_list<std::string_view> parts)
{
    std::string out;
    for (const auto part : parts) {
        out += part;
        out += ':';
    }
    out.pop_back();
    return out;
}

} // namespace

std::string digest_response(const digest_input& in, const credentials& who)
{
    const bool sha =
        in.algorithm == digest_algorithm::sha256 || in.algorithm == digest_algorithm::sha256_sess;
    const auto h = [sha](std::initializer_list<std::string_view> parts) {
        return sha ? sha256_hex(join(parts)) : md5_hex(join(parts));
    };
    std::string ha1 = h({who.username, in.realm, who.password});
    if (is_session_algorithm(in.algorithm)) ha1 = h({ha1, in.nonce, in.cnonce});
    const std::string ha2 = h({in.http_method, in.uri});
    if (in.nonce_count.empty()) return h({ha1, in.nonce, ha2});
    return h({ha1, in.nonce, in.nonce_count, in.cnonce, "auth", ha2});
}

std::string to_hex32(std::uint32_t n)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out(8, '0');
    for (auto p = out.rbegin(); n != 0; n >>= 4)
        *p++ = digits[n & 15];
    return out;
}

std::optional<std::uint32_t> parse_hex32(std::string_view s) noexcept
{
    std::uint32_t n = 0;
    const auto* end = s.data() + s.size();
    if (s.size() != 8 || std::from_chars(s.data(), end, n, 16).ptr != end) return std::nullopt;
    return n;
}

std::string_view name(digest_algorithm a) noexcept
{
    switch (a) {
    case digest_algorithm::md5:
        return "MD5";
    case digest_algorithm::md5_sess:
        return "MD5-sess";
    case digest_algorithm::sha256:
        return "SHA-256";
    case digest_algorithm::sha256_sess:
        return "SHA-256-sess";
    }
    return "";
}

std::optional<digest_algorithm> parse_digest_algorithm(std::string_view s) noexcept
{
    for (const auto a : all_algorithms)
        if (base::iequals(s, name(a))) return a;
    return std::nullopt;
}

bool is_session_algorithm(digest_algorithm a) noexcept
{
    return a == digest_algorithm::md5_sess || a == digest_algorithm::sha256_sess;
}

} // namespace cpestorm::cwmp
