#include "support/session_script.hpp"

#include <gmock/gmock.h>

#include <array>

namespace cpestorm::cwmp {
namespace {

using base::failure_reason;
using test::scripted_reply;
using test::seen_post;
using test::session_script;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const credentials login{"00A0BC-S-1", "secret"};

std::string digest(std::string_view nonce, std::string_view more = ", qop=\"auth\"")
{
    return "Digest realm=\"acs\", nonce=\"" + std::string(nonce) + '"' + std::string(more);
}

scripted_reply challenge_with(std::string header, bool closed = false)
{
    return {.status = 401,
            .body = "<html>401</html>",
            .www_authenticate = {std::move(header)},
            .closed = closed};
}

auto authorized(std::vector<std::string> parts)
{
    return [parts = std::move(parts)](const seen_post& p) {
        for (const auto& part : parts)
            EXPECT_THAT(p.authorization, HasSubstr(part));
    };
}

const auto anonymous = [](const seen_post& p) { EXPECT_THAT(p.authorization, IsEmpty()); };

session_script with_login()
{
    session_script s;
    s.options.acs_login = login;
    return s;
}

std::string client_nonce(const seen_post& p)
{
    const auto at = p.authorization.find("cnonce=\"");
    EXPECT_NE(at, std::string::npos);
    return p.authorization.substr(at + 8, 16);
}

TEST(cpe_session_auth, H06_digest_is_answered_and_kept)
{
    auto s = with_login();
    std::string body;
    s.expect_post("Inform", [&body](const seen_post& p) {
         anonymous(p);
         body = p.body;
     }).reply(challenge_with(digest("n1")));
    s.expect_post("Inform", [&body](const seen_post& p) {
         authorized(
             {"Digest username=\"00A0BC-S-1\"", "uri=\"/cwmp\"", "nonce=\"n1\"", "nc=00000001"})(p);
         EXPECT_EQ(p.body, body);
     }).reply(soap::inform_response{});
    s.expect_empty_post(authorized({"nc=00000002"})).reply(soap::get_rpc_methods{});
    s.expect_answer("GetRPCMethods", soap::get_rpc_methods_response{});
    s.expect_post("GetRPCMethodsResponse", authorized({"nc=00000003"})).reply(204);
    EXPECT_EQ(s.expect_ok().messages, 4u);
    s.fail_every_step();
}

TEST(cpe_session_auth, H06_a_server_accepts_what_is_sent)
{
    const digest_verifier server("acs", "server secret", 60);
    auto s = with_login();
    const auto right = [&server](const seen_post& p) {
        EXPECT_EQ(server.check(p.authorization, "POST", "/cwmp", login, 1000),
                  digest_verifier::verdict::ok);
    };
    s.expect_post("Inform").reply(challenge_with(server.make_challenge(1000)));
    s.expect_post("Inform", right).reply(soap::inform_response{});
    s.expect_empty_post(right).reply(204);
    s.expect_ok();
}

TEST(cpe_session_auth, H10_a_wrong_password_fails_after_one_try)
{
    for (const auto* second : {"n1", "n2"}) {
        auto s = with_login();
        s.expect_post("Inform").reply(challenge_with(digest("n1")));
        s.expect_post("Inform").reply(challenge_with(digest(second)));
        const auto& r = s.expect_failure(failure_reason::auth);
        EXPECT_THAT(r.detail, HasSubstr("refuses"));
        EXPECT_THAT(r.detail, testing::Not(HasSubstr("secret")));
    }
    auto basic = with_login();
    basic.options.acs_url = "https://acs.example/";
    basic.expect_post("Inform").reply(challenge_with("Basic realm=\"x\""));
    basic.expect_post("Inform").reply(challenge_with("Basic realm=\"x\""));
    basic.expect_failure(failure_reason::auth);
}

TEST(cpe_session_auth, H09_stale_is_answered_once_more_and_no_loop)
{
    auto s = with_login();
    s.expect_post("Inform").reply(challenge_with(digest("n1")));
    s.expect_post("Inform").reply(challenge_with(digest("n2", ", qop=\"auth\", stale=true")));
    s.expect_post("Inform", authorized({"nonce=\"n2\"", "nc=00000001"}))
        .reply(soap::inform_response{});
    s.expect_empty_post().reply(204);
    s.expect_ok();

    auto loop = with_login();
    loop.expect_post("Inform").reply(challenge_with(digest("n1")));
    loop.expect_post("Inform").reply(challenge_with(digest("n2", ", stale=true")));
    loop.expect_post("Inform").reply(challenge_with(digest("n3", ", stale=true")));
    loop.expect_failure(failure_reason::auth);

    auto same = with_login();
    same.expect_post("Inform").reply(challenge_with(digest("n1")));
    same.expect_post("Inform").reply(challenge_with(digest("n1", ", stale=true")));
    same.expect_failure(failure_reason::auth);
}

TEST(cpe_session_auth, H09_AU5_a_new_nonce_in_mid_session)
{
    auto s = with_login();
    s.expect_post("Inform").reply(challenge_with(digest("n1")));
    s.expect_post("Inform").reply(soap::inform_response{});
    s.expect_empty_post(authorized({"nonce=\"n1\"", "nc=00000002"}))
        .reply(challenge_with(digest("n2")));
    s.expect_empty_post(authorized({"nonce=\"n2\"", "nc=00000001"})).reply(soap::reboot{});
    s.expect_answer("Reboot", soap::reboot_response{});
    s.expect_post("RebootResponse").reply(challenge_with(digest("n3")));
    s.expect_post("RebootResponse", authorized({"nonce=\"n3\""})).reply(204);
    s.expect_ok();

    auto refused = with_login();
    refused.expect_post("Inform").reply(challenge_with(digest("n1")));
    refused.expect_post("Inform").reply(soap::inform_response{});
    refused.expect_empty_post().reply(challenge_with(digest("n1")));
    refused.expect_failure(failure_reason::auth);
}

TEST(cpe_session_auth, H09_next_nonce)
{
    auto s = with_login();
    s.expect_post("Inform").reply(challenge_with(digest("n1")));
    const scripted_reply r{.body = test::encoded(soap::inform_response{}),
                           .authentication_info = "nextnonce=\"n2\", qop=auth"};
    s.expect_post("Inform").reply(r);
    s.expect_empty_post(authorized({"nonce=\"n2\"", "nc=00000001"})).reply(204);
    s.expect_ok();
}

TEST(cpe_session_auth, H06_H07_a_new_client_nonce_for_each_connection)
{
    auto s = with_login();
    std::string first;
    s.expect_post("Inform").reply(challenge_with(digest("n1"), true));
    const scripted_reply r{.body = test::encoded(soap::inform_response{}), .closed = true};
    s.expect_post("Inform", [&first](const seen_post& p) { first = client_nonce(p); }).reply(r);
    s.expect_empty_post([&first](const seen_post& p) {
         EXPECT_NE(client_nonce(p), first);
         authorized({"nonce=\"n1\"", "nc=00000002"})(p);
     }).reply(204);
    s.expect_ok();
    s.fail_every_step();
}

TEST(cpe_session_auth, H09_a_session_key_is_asked_for_again_on_a_new_connection)
{
    auto s = with_login();
    const auto sess = digest("n1", ", qop=\"auth\", algorithm=MD5-sess");
    s.expect_post("Inform").reply(challenge_with(sess));
    const scripted_reply r{.body = test::encoded(soap::inform_response{}), .closed = true};
    s.expect_post("Inform", authorized({"algorithm=MD5-sess"})).reply(r);
    s.expect_empty_post(anonymous).reply(challenge_with(sess));
    s.expect_empty_post(authorized({"nc=00000001"})).reply(204);
    s.expect_ok();
}

TEST(cpe_session_auth, H08_basic_needs_tls_or_permission)
{
    auto tls = with_login();
    tls.options.acs_url = "https://acs.example/";
    tls.expect_post("Inform").reply(challenge_with("Basic realm=\"x\""));
    tls.expect_post("Inform", authorized({"Basic MDBBMEJDLVMtMTpzZWNyZXQ="}))
        .reply(soap::inform_response{});
    tls.expect_empty_post(authorized({"Basic MDBBMEJDLVMtMTpzZWNyZXQ="})).reply(204);
    tls.expect_ok();

    auto allowed = with_login();
    allowed.options.basic_without_tls = true;
    allowed.expect_post("Inform").reply(challenge_with("Basic realm=\"x\""));
    allowed.expect_post("Inform", authorized({"Basic "})).reply(soap::inform_response{});
    allowed.expect_empty_post().reply(204);
    allowed.expect_ok();

    auto refused = with_login();
    refused.expect_post("Inform").reply(challenge_with("Basic realm=\"x\""));
    EXPECT_THAT(refused.expect_failure(failure_reason::auth).detail,
                HasSubstr("allow Basic without TLS"));

    auto both = with_login();
    both.expect_post("Inform").reply(challenge_with("Basic realm=\"x\", " + digest("n1")));
    both.expect_post("Inform", authorized({"Digest "})).reply(soap::inform_response{});
    both.expect_empty_post().reply(204);
    both.expect_ok();
}

TEST(cpe_session_auth, AU1_without_credentials_or_a_known_scheme)
{
    session_script s;
    s.expect_post("Inform").reply(challenge_with(digest("n1")));
    EXPECT_THAT(s.expect_failure(failure_reason::auth).detail, HasSubstr("credentials"));
    for (const auto* header : {"", "Negotiate", "Digest realm=\"x\""}) {
        auto unknown = with_login();
        unknown.expect_post("Inform").reply(challenge_with(header));
        unknown.expect_failure(failure_reason::auth);
    }
    auto none = with_login();
    none.expect_post("Inform").reply(401);
    none.expect_failure(failure_reason::auth);
}

TEST(cpe_session_auth, a_refusal_without_another_challenge_means_the_login)
{
    auto s = with_login();
    s.expect_post("Inform").reply(challenge_with(digest("n1")));
    s.expect_post("Inform", authorized({"nonce=\"n1\""}))
        .reply(scripted_reply{.status = 401, .closed = true});
    EXPECT_THAT(s.expect_failure(failure_reason::auth).detail,
                HasSubstr("refuses the user name or the password"));
}

TEST(cpe_session_auth, H11_RD5_another_server_must_ask_itself)
{
    auto s = with_login();
    s.expect_post("Inform").reply(challenge_with(digest("n1")));
    s.expect_post("Inform").reply(scripted_reply{.status = 307, .location = "/moved?x=1"});
    s.expect_post("Inform", authorized({"uri=\"/moved?x=1\"", "nc=00000002"}))
        .reply(scripted_reply{.status = 302, .location = "http://b.example/"});
    s.expect_post("Inform", anonymous).reply(challenge_with(digest("b1")));
    s.expect_post("Inform", authorized({"nonce=\"b1\"", "uri=\"/\"", "nc=00000001"}))
        .reply(soap::inform_response{});
    s.expect_empty_post(authorized({"nonce=\"b1\""})).reply(204);
    s.expect_ok();
    s.fail_every_step();
}

TEST(cpe_session_auth, H12_basic_is_not_shown_after_a_redirect_to_http)
{
    auto s = with_login();
    s.options.acs_url = "https://acs.example/";
    s.expect_post("Inform").reply(challenge_with("Basic realm=\"x\""));
    s.expect_post("Inform").reply(scripted_reply{.status = 302, .location = "http://acs.example/"});
    s.expect_post("Inform", anonymous).reply(challenge_with("Basic realm=\"x\""));
    s.expect_failure(failure_reason::auth);
}

TEST(cpe_session_auth, redirects_and_challenges_in_turn_end)
{
    auto s = with_login();
    for (int i = 0; i != 5; ++i) {
        s.expect_post("Inform").reply(challenge_with(digest("n" + std::to_string(i))));
        s.expect_post("Inform").reply(scripted_reply{
            .status = 302, .location = "http://h" + std::to_string(i) + ".example/"});
    }
    s.expect_post("Inform", anonymous).reply(challenge_with(digest("last")));
    s.expect_post("Inform").reply(scripted_reply{.status = 302, .location = "http://h9.example/"});
    s.expect_failure(failure_reason::http_3xx);
}

TEST(cpe_session_auth, client_nonces_differ_between_sessions)
{
    std::array<std::string, 2> nonces;
    for (std::size_t i = 0; i != nonces.size(); ++i) {
        auto s = with_login();
        s.random = i;
        s.expect_post("Inform").reply(challenge_with(digest("n1")));
        s.expect_post("Inform", [&](const seen_post& p) {
             nonces[i] = client_nonce(p);
         }).reply(soap::inform_response{});
        s.expect_empty_post().reply(204);
        s.expect_ok();
    }
    EXPECT_NE(nonces[0], nonces[1]);
}

} // namespace
} // namespace cpestorm::cwmp
