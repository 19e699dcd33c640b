#pragma once

// HTTP authentication, both sides, as functions of what was received: Basic (RFC 7617) and Digest
// (RFC 2617, RFC 7616; MD5, MD5-sess, SHA-256, SHA-256-sess; qop auth or none).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cpestorm::cwmp {

struct credentials {
    std::string username;
    std::string password;
    [[nodiscard]] bool empty() const noexcept { return username.empty() && password.empty(); }
};

enum class auth_scheme : std::uint8_t { none, basic, digest };
enum class digest_algorithm : std::uint8_t { md5, md5_sess, sha256, sha256_sess };

// One challenge of a WWW-Authenticate header.
struct challenge {
    auth_scheme scheme = auth_scheme::none;
    std::string realm;
    std::string nonce;
    std::optional<std::string> opaque;
    digest_algorithm algorithm = digest_algorithm::md5;
    bool qop_auth = false; // qop offers "auth"; false: RFC 2069 form
    bool stale = false;
};

// The strongest challenge that can be answered (Digest SHA-256, Digest MD5, Basic) among all
// WWW-Authenticate header values; several challenges in one value are understood. Empty if none.
[[nodiscard]] std::optional<challenge>
choose_challenge(std::span<const std::string_view> www_authenticate);

// The nonce to use from now on, from the value of an Authentication-Info header (RFC 7615). Empty
// if there is none.
[[nodiscard]] std::optional<std::string> parse_next_nonce(std::string_view authentication_info);

// Answers challenges of one server: keeps the nonce and counts its uses.
class authenticator {
public:
    // Forgets everything (another server).
    void reset() noexcept
    {
        challenge_ = {};
        uses_ = 0;
    }
    // Takes a new challenge; `cnonce` is the client nonce to use with it, unpredictable to others.
    void take(challenge c, std::string cnonce);
    // The next request goes out on a new connection: another client nonce (TR-069 §3.4.5), the same
    // nonce and count. With "-sess" algorithms, whose key holds the client nonce, it resets.
    void reconnect(std::string cnonce);
    [[nodiscard]] bool active() const noexcept { return challenge_.scheme != auth_scheme::none; }
    [[nodiscard]] const challenge& current() const noexcept { return challenge_; }
    // Replaces the nonce (Authentication-Info: nextnonce). Precondition: active().
    void next_nonce(std::string_view nonce);
    // The Authorization header value of the next request; counts up nc. Precondition: active().
    [[nodiscard]] std::string authorize(const credentials& who, std::string_view http_method,
                                        std::string_view request_target);

private:
    challenge challenge_;
    std::string cnonce_;
    std::uint32_t uses_ = 0;
};

// Server side. Nonces are stateless: a time stamp with a keyed hash, so a million devices need no
// memory for them.
class digest_verifier {
public:
    // `secret`: unpredictable bytes, one per process. `lifetime`: seconds a nonce is good for.
    // Nonces of another secret are wrong, not stale.
    digest_verifier(std::string realm, std::string secret, std::uint32_t lifetime);

    // The value of a WWW-Authenticate header. `now`: any clock in seconds that never goes back.
    [[nodiscard]] std::string make_challenge(std::uint32_t now, bool stale = false) const;

    enum class verdict : std::uint8_t {
        ok,
        absent, // no Authorization header, or of another scheme
        malformed,
        wrong, // user name, password, target or nonce is not right
        stale, // right, but the nonce is too old: challenge again with stale=true
    };
    // Checks an Authorization header value (empty if absent). Comparison is constant-time. With
    // `allow_basic` a Basic header is checked too. If ok by Digest, `nc` (if not null) receives the
    // nonce count, 1 if the client sent none. Empty expectations match empty answers: whether
    // credentials are needed is the caller's business.
    [[nodiscard]] verdict check(std::string_view authorization, std::string_view http_method,
                                std::string_view request_target, const credentials& expected,
                                std::uint32_t now, bool allow_basic = false,
                                std::uint32_t* nc = nullptr) const;

private:
    [[nodiscard]] std::string make_nonce(std::uint32_t now) const;
    std::string realm_;
    std::string secret_;
    std::uint32_t lifetime_;
};

} // namespace cpestorm::cwmp
