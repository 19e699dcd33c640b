#include "base/text.hpp"
#include "cwmp/auth.hpp"
#include "cwmp/auth_params.hpp"
#include "cwmp/digest.hpp"

#include <cassert>
#include <utility>

namespace cpestorm::cwmp {

void authenticator::take(challenge c, std::string cnonce)
{
    challenge_ = std::move(c);
    cnonce_ = std::move(cnonce);
    uses_ = 0;
}

void authenticator::reconnect(std::string cnonce)
{
    if (challenge_.scheme != auth_scheme::digest) return;
    if (is_session_algorithm(challenge_.algorithm)) return reset();
    cnonce_ = std::move(cnonce);
}

void authenticator::next_nonce(std::string_view nonce)
{
    challenge_.nonce = nonce;
    uses_ = 0;
}

std::string authenticator::authorize(const credentials& who, std::string_view http_method,
                                     std::string_view request_target)
{
    assert(active());
    if (challenge_.scheme == auth_scheme::basic)
        return "Basic " + base::to_base64(who.username + ':' + who.password);

    const std::string nc = to_hex32(++uses_);
    digest_input in;
    in.algorithm = challenge_.algorithm;
    in.realm = challenge_.realm;
    in.nonce = challenge_.nonce;
    in.cnonce = cnonce_;
    if (challenge_.qop_auth) in.nonce_count = nc;
    in.http_method = http_method;
    in.uri = request_target;

    std::string out = "Digest ";
    append_quoted(out, "username", who.username);
    append_quoted(out, ", realm", challenge_.realm);
    append_quoted(out, ", nonce", challenge_.nonce);
    append_quoted(out, ", uri", request_target);
    append_quoted(out, ", response", digest_response(in, who));
    if (challenge_.opaque) append_quoted(out, ", opaque", *challenge_.opaque);
    // A server that offers no qop may be older than the algorithm parameter.
    if (challenge_.qop_auth || challenge_.algorithm != digest_algorithm::md5) {
        out += ", algorithm=";
        out += name(challenge_.algorithm);
    }
    if (challenge_.qop_auth) out += ", qop=auth, nc=" + nc;
    if (challenge_.qop_auth || is_session_algorithm(challenge_.algorithm))
        append_quoted(out, ", cnonce", cnonce_);
    return out;
}

} // namespace cpestorm::cwmp
