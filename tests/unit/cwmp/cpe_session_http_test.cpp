#include "base/limits.hpp"
#include "support/session_script.hpp"

#include <gmock/gmock.h>

namespace cpestorm::cwmp {
namespace {

using base::failure_reason;
using test::acs_header;
using test::scripted_reply;
using test::seen_post;
using test::session_script;
using test::transfer;
using testing::ElementsAre;
using testing::HasSubstr;

scripted_reply redirect(std::string location, unsigned status = 302)
{
    return {.status = status, .body = "<html>moved</html>", .location = std::move(location)};
}

// A reply with a message and cookies.
scripted_reply with_cookies(soap::message m, std::vector<std::string> cookies)
{
    return {.body = test::encoded(std::move(m)), .set_cookie = std::move(cookies)};
}

auto url_is(std::string url)
{
    return [url = std::move(url)](const seen_post& p) { EXPECT_EQ(p.url, url); };
}

auto cookie_is(std::string cookie)
{
    return [cookie = std::move(cookie)](const seen_post& p) { EXPECT_EQ(p.cookie, cookie); };
}

TEST(cpe_session_http, HTTP12_other_statuses)
{
    const std::pair<unsigned, failure_reason> statuses[] = {
        {300, failure_reason::http_3xx}, {304, failure_reason::http_3xx},
        {400, failure_reason::http_4xx}, {403, failure_reason::http_4xx},
        {404, failure_reason::http_4xx}, {407, failure_reason::http_4xx},
        {415, failure_reason::http_4xx}, {500, failure_reason::http_5xx},
        {503, failure_reason::http_5xx}, {599, failure_reason::http_5xx},
        {0, failure_reason::protocol},   {199, failure_reason::protocol},
        {600, failure_reason::protocol}};
    for (const auto& [status, reason] : statuses) {
        session_script s;
        s.expect_post("Inform").reply(status, "<html>no</html>");
        const auto& r = s.expect_failure(reason);
        EXPECT_EQ(r.http_status, status);
        EXPECT_THAT(r.detail, HasSubstr(std::to_string(status)));
    }
}

TEST(cpe_session_http, TOL17_other_2xx_count_as_200)
{
    session_script s;
    s.expect_post("Inform").reply(soap::inform_response{}, acs_header{}, 201);
    s.expect_empty_post().reply(202);
    EXPECT_THAT(s.expect_ok().deviations, ElementsAre(deviation::other_2xx));
}

TEST(cpe_session_http, TOL22_status_500_is_read_only_for_a_fault)
{
    session_script s;
    s.requests = {transfer("a")};
    s.expect_post("Inform").reply(soap::inform_response{});
    s.expect_post("TransferComplete").reply(soap::fault{8001, "no", {}}, acs_header{}, 500);
    s.expect_empty_post().reply(204);
    const auto& r = s.expect_ok();
    EXPECT_THAT(r.acknowledged, ElementsAre(false));
    EXPECT_THAT(r.deviations, ElementsAre(deviation::fault_status));

    session_script no_fault;
    no_fault.expect_post("Inform").reply(soap::inform_response{}, acs_header{}, 500);
    no_fault.expect_failure(failure_reason::http_5xx);
}

TEST(cpe_session_http, H11_the_same_post_goes_to_the_new_place)
{
    for (const unsigned status : {301u, 302u, 303u, 307u, 308u}) {
        session_script s;
        s.requests = {transfer("a")};
        std::string body;
        const auto note = [&body](const seen_post& p) { body = p.body; };
        const auto same = [&body](const seen_post& p) { EXPECT_EQ(p.body, body); };
        s.expect_post("Inform", note).reply(redirect("https://b.example/x", status));
        s.expect_post("Inform", [&](const seen_post& p) {
             same(p);
             EXPECT_EQ(p.url, "https://b.example/x");
         }).reply(soap::inform_response{});
        s.expect_post("TransferComplete", note).reply(redirect("/y", status));
        s.expect_post("TransferComplete", [&](const seen_post& p) {
             same(p);
             EXPECT_EQ(p.url, "https://b.example/y");
         }).reply(soap::transfer_complete_response{});
        s.expect_empty_post().reply(redirect("http://c.example", status));
        s.expect_empty_post(url_is("http://c.example")).reply(soap::get_rpc_methods{});
        s.expect_answer("GetRPCMethods", soap::get_rpc_methods_response{});
        s.expect_post("GetRPCMethodsResponse", note).reply(redirect("?again", status));
        s.expect_post("GetRPCMethodsResponse", [&](const seen_post& p) {
             same(p);
             EXPECT_EQ(p.url, "http://c.example/?again");
         }).reply(204);
        EXPECT_TRUE(s.expect_ok().acknowledged[0]);
        s.fail_every_step();
    }
}

TEST(cpe_session_http, RD2_the_next_session_starts_at_the_old_place)
{
    session_script s;
    s.expect_post("Inform", url_is("http://acs.example:7547/cwmp"))
        .reply(redirect("http://b.example/", 301));
    s.expect_post("Inform", url_is("http://b.example/")).reply(soap::inform_response{});
    s.expect_empty_post(url_is("http://b.example/")).reply(204);
    s.expect_ok();
    s.expect_ok();
}

TEST(cpe_session_http, H11_RD3_five_in_a_row_and_no_more)
{
    session_script s;
    for (unsigned i = 0; i != base::limits::http_redirects; ++i)
        s.expect_post("Inform").reply(redirect("/" + std::to_string(i)));
    s.expect_post("Inform").reply(soap::inform_response{});
    for (unsigned i = 0; i != base::limits::http_redirects; ++i)
        s.expect_empty_post().reply(redirect("/" + std::to_string(i)));
    s.expect_empty_post(url_is("http://acs.example:7547/4")).reply(redirect("/"));
    EXPECT_EQ(s.expect_failure(failure_reason::http_3xx).messages, 12u);
}

TEST(cpe_session_http, TOL25_a_redirect_to_the_same_place_is_followed_and_counted)
{
    session_script s;
    for (unsigned i = 0; i <= base::limits::http_redirects; ++i)
        s.expect_post("Inform").reply(redirect("http://acs.example:7547/cwmp"));
    s.expect_failure(failure_reason::http_3xx);
}

TEST(cpe_session_http, RD4_a_redirect_that_leads_nowhere)
{
    for (const auto* location : {"", "ftp://x/", "http://"}) {
        session_script s;
        s.expect_post("Inform").reply(redirect(location));
        s.expect_failure(failure_reason::http_3xx);
    }
}

TEST(cpe_session_http, H13_CK1_cookies_go_everywhere)
{
    session_script s;
    s.expect_post("Inform").reply(with_cookies(
        soap::inform_response{}, {"sid=abc; Path=/elsewhere; Secure", "lb=1; HttpOnly"}));
    s.expect_empty_post(cookie_is("sid=abc; lb=1"))
        .reply(
            scripted_reply{.status = 302, .location = "http://b.example/", .set_cookie = {"lb=2"}});
    s.expect_empty_post(cookie_is("sid=abc; lb=2"))
        .reply(with_cookies(soap::get_rpc_methods{}, {"sid=; Max-Age=0"}));
    s.expect_answer("GetRPCMethods", soap::get_rpc_methods_response{});
    s.expect_post("GetRPCMethodsResponse", cookie_is("lb=2")).reply(204);
    s.expect_ok();
    s.fail_every_step();
}

TEST(cpe_session_http, H13_cookies_end_with_the_session)
{
    session_script s;
    s.expect_post("Inform", cookie_is("")).reply(with_cookies(soap::inform_response{}, {"a=1"}));
    s.expect_empty_post(cookie_is("a=1")).reply(204);
    s.expect_ok();
    s.expect_ok();
}

TEST(cpe_session_http, H04_a_closed_connection_does_not_end_the_session)
{
    session_script s;
    auto answered = with_cookies(soap::inform_response{}, {"a=1"});
    answered.closed = true;
    s.expect_post("Inform").reply(answered);
    s.expect_empty_post(cookie_is("a=1")).reply(scripted_reply{.status = 204, .closed = true});
    s.expect_ok();
}

} // namespace
} // namespace cpestorm::cwmp
