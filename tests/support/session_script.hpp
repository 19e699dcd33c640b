#pragma once

// Scripted CPE sessions: what the machine must ask for and what comes back, step by step. The same
// script can be replayed with everything that can go wrong at each of its steps.
//
//   session_script script;
//   script.expect_post("Inform").reply(soap::inform_response{});
//   script.expect_empty_post().reply(204);
//   script.expect_ok();
//   script.fail_every_step();

#include "cwmp/cpe_session.hpp"
#include "soap/decode.hpp"
#include "soap/encode.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cpestorm::test {

// A post of the machine, copied.
struct seen_post {
    std::string url;
    std::string body;
    std::string authorization;
    std::string cookie;
    std::string method; // of the envelope; empty for the empty POST
    soap::envelope envelope;
};

// A reply, owning what http_reply only views.
struct scripted_reply {
    unsigned status = 200;
    std::string body = {};
    std::string location = {};
    std::vector<std::string> www_authenticate = {};
    std::vector<std::string> set_cookie = {};
    std::string authentication_info = {};
    bool closed = false;
};

// What surrounds a message of the ACS. Without an ID, a response echoes the one it answers.
struct acs_header {
    std::optional<std::string> id = {};
    std::optional<bool> hold = {};
    std::string use_version = {};
    soap::cwmp_namespace ns = soap::cwmp_namespace::cwmp_1_2;
};

// A message as an ACS would send it.
inline std::string encoded(soap::message m, std::optional<std::string> id = {})
{
    soap::envelope e;
    e.id = std::move(id);
    e.message = std::move(m);
    std::string out;
    soap::encode(out, e);
    return out;
}

inline soap::inform sample_inform()
{
    soap::inform i;
    i.device = {"Example", "00A0BC", "Gateway", "S-1"};
    i.events = {{"1 BOOT", ""}};
    i.current_time = "2026-11-23T06:46:10Z";
    i.parameters = {{"Device.DeviceInfo.SoftwareVersion", "1.0"}};
    return i;
}

inline soap::message transfer(std::string key)
{
    soap::transfer_complete t;
    t.command_key = std::move(key);
    t.start_time = t.complete_time = "2026-11-23T06:46:10Z";
    return t;
}

class session_script {
public:
    // The surroundings, to be changed before the first step.
    cwmp::session_options options{.acs_url = "http://acs.example:7547/cwmp", .acs_login = {}};
    soap::inform inform = sample_inform();
    std::vector<soap::message> requests;
    std::uint64_t random = 42;

    // The machine must post an envelope of this method, or nothing. `check` sees the post.
    session_script& expect_post(std::string_view method,
                                std::function<void(const seen_post&)> check = {})
    {
        steps_.push_back({std::string(method), false, std::move(check), {}, {}});
        return *this;
    }
    session_script& expect_empty_post(std::function<void(const seen_post&)> check = {})
    {
        return expect_post("", std::move(check));
    }
    // The machine must hand the device this request, which answers it so.
    session_script& expect_answer(std::string_view method, soap::message answer)
    {
        steps_.push_back({std::string(method), true, {}, {}, std::move(answer)});
        return *this;
    }

    session_script& reply(scripted_reply r)
    {
        steps_.back().reply = [r = std::move(r)](const std::string&) { return r; };
        return *this;
    }
    session_script& reply(unsigned status, std::string body = {})
    {
        return reply(scripted_reply{.status = status, .body = std::move(body)});
    }
    session_script& reply(soap::message m, acs_header header = {}, unsigned status = 200)
    {
        steps_.back().reply = [m = std::move(m), header = std::move(header),
                               status](const std::string& own_id) {
            soap::envelope e;
            e.id = header.id;
            e.message = m;
            const bool request = soap::role_of(m) == soap::message_role::request;
            if (!e.id && !request) e.id = own_id;
            e.hold_requests = header.hold;
            e.use_version = header.use_version;
            e.ns = header.ns;
            scripted_reply r{.status = status};
            soap::encode(r.body, e);
            return r;
        };
        return *this;
    }

    // Runs the script; the machine must finish after its last step.
    const cwmp::session_result& expect_ok()
    {
        play_all();
        EXPECT_TRUE(machine_.result().ok) << machine_.result().detail;
        check_invariants();
        return machine_.result();
    }
    const cwmp::session_result& expect_failure(base::failure_reason reason)
    {
        play_all();
        EXPECT_FALSE(machine_.result().ok);
        EXPECT_EQ(name(machine_.result().reason), name(reason)) << machine_.result().detail;
        check_invariants();
        return machine_.result();
    }

    // Replays the script, failing each step in every way: the transport, HTTP, XML, SOAP, CWMP.
    void fail_every_step()
    {
        for (std::size_t at = 0; at != steps_.size(); ++at) {
            SCOPED_TRACE("failing step " + std::to_string(at));
            fail_transport(at);
            if (!steps_[at].is_answer) fail_replies(at);
        }
    }

    [[nodiscard]] const cwmp::session_result& result() const { return machine_.result(); }
    [[nodiscard]] base::method outstanding() const { return machine_.outstanding(); }

private:
    struct step {
        std::string method;
        bool is_answer;
        std::function<void(const seen_post&)> check;
        std::function<scripted_reply(const std::string& own_id)> reply;
        soap::message answer;
    };

    static seen_post see(const cwmp::post& p)
    {
        seen_post out{std::string(p.url),
                      std::string(p.body),
                      std::string(p.authorization),
                      std::string(p.cookie),
                      {},
                      {}};
        if (p.body.empty()) return out;
        auto e = soap::decode(p.body);
        EXPECT_TRUE(e) << "the machine posts what cannot be read: " << p.body;
        if (!e) return out;
        out.method = soap::method_name(e->message);
        out.envelope = std::move(*e);
        return out;
    }

    cwmp::action give(const scripted_reply& r)
    {
        const std::vector<std::string_view> challenges(r.www_authenticate.begin(),
                                                       r.www_authenticate.end());
        const std::vector<std::string_view> cookies(r.set_cookie.begin(), r.set_cookie.end());
        cwmp::http_reply reply;
        reply.status = r.status;
        reply.body = r.body;
        reply.location = r.location;
        reply.www_authenticate = challenges;
        reply.set_cookie = cookies;
        reply.authentication_info = r.authentication_info;
        reply.closed = r.closed;
        return machine_.on_reply(reply);
    }

    // Checks that `next` is what step `s` expects; `loud` runs its checks too.
    bool matches(const cwmp::action& next, const step& s, bool loud)
    {
        if (s.is_answer) {
            const auto* a = std::get_if<cwmp::answer>(&next);
            EXPECT_TRUE(a) << "expected to answer " << s.method << describe(next);
            if (a == nullptr) return false;
            EXPECT_EQ(soap::method_name(*a->request), s.method);
            return true;
        }
        const auto* p = std::get_if<cwmp::post>(&next);
        EXPECT_TRUE(p) << "expected to post '" << s.method << "'" << describe(next);
        if (p == nullptr) return false;
        const auto post = see(*p);
        EXPECT_EQ(post.method, s.method);
        const auto role = soap::role_of(post.envelope.message);
        if (!post.body.empty() && role == soap::message_role::request)
            own_id_ = post.envelope.id.value_or("");
        if (loud && s.check) s.check(post);
        return true;
    }

    std::string describe(const cwmp::action& a) const
    {
        if (const auto* p = std::get_if<cwmp::post>(&a)) return ", not a post: " + see(*p).method;
        if (std::holds_alternative<cwmp::answer>(a)) return ", not to answer";
        return ", not to finish: " + machine_.result().detail;
    }

    // Plays the first `count` steps; the action that follows, if all went as written.
    std::optional<cwmp::action> play(std::size_t count, bool loud)
    {
        auto next = machine_.start(options, inform, requests, random);
        for (std::size_t i = 0; i != count; ++i) {
            SCOPED_TRACE("step " + std::to_string(i));
            if (!matches(next, steps_[i], loud)) return std::nullopt;
            if (steps_[i].is_answer)
                next = machine_.on_answer(steps_[i].answer);
            else
                next = give(steps_[i].reply(own_id_));
        }
        return next;
    }

    void play_all()
    {
        const auto last = play(steps_.size(), true);
        if (last) {
            EXPECT_TRUE(std::holds_alternative<cwmp::finish>(*last))
                << "expected to finish" << describe(*last);
        }
    }

    void fail_transport(std::size_t at)
    {
        for (std::size_t i = 0; i != base::failure_reason_count; ++i) {
            const auto reason = static_cast<base::failure_reason>(i);
            SCOPED_TRACE(name(reason));
            const auto next = play(at, false);
            if (!next || !matches(*next, steps_[at], false)) return;
            const auto before = machine_.result();
            const auto last = machine_.on_error(reason, "scripted failure");
            EXPECT_TRUE(std::holds_alternative<cwmp::finish>(last));
            EXPECT_FALSE(machine_.result().ok);
            EXPECT_EQ(machine_.result().reason, reason);
            EXPECT_EQ(machine_.result().acknowledged, before.acknowledged);
            EXPECT_EQ(machine_.result().inform_acknowledged, before.inform_acknowledged);
            check_invariants();
        }
    }

    // Replies that are wrong, or useless, at nearly every step.
    static std::vector<scripted_reply> bad_replies()
    {
        std::vector<scripted_reply> all{
            {.status = 0},
            {.status = 200, .body = "<html><body>It works!</body></html>"},
            {.status = 200, .body = "\x1f\x8b not XML at all"},
            {.status = 204},
            {.status = 202, .body = " \r\n"},
            {.status = 302},
            {.status = 302, .location = "ftp://elsewhere/"},
            {.status = 304},
            {.status = 401},
            {.status = 401, .www_authenticate = {"Digest realm=\"r\", nonce=\"n\", qop=\"auth\""}},
            {.status = 404, .body = "gone", .closed = true},
            {.status = 500},
            {.status = 503, .closed = true},
            {.status = 700},
        };
        const std::array<soap::message, 8> messages{
            soap::inform_response{},      soap::transfer_complete_response{},
            soap::get_parameter_values{}, soap::unknown_method{"Kick"},
            soap::fault{8002, "no", {}},  soap::fault{8005, "again", {}},
            soap::fault{0, "broken", {}}, soap::unknown_method{"KickResponse"}};
        for (const auto& m : messages) {
            const scripted_reply r{.body = encoded(m, "odd")};
            all.push_back(r);
            all.push_back({.status = 200, .body = r.body.substr(0, r.body.size() / 2)});
            all.push_back({.status = 500, .body = r.body});
        }
        return all;
    }

    void fail_replies(std::size_t at)
    {
        for (const auto& r : bad_replies()) {
            SCOPED_TRACE("HTTP " + std::to_string(r.status) + ' ' + r.body.substr(0, 2000));
            const auto next = play(at, false);
            if (!next || !matches(*next, steps_[at], false)) return;
            run_down(give(r));
            check_invariants();
        }
    }

    // Lets a session go on after something odd: the ACS has nothing more to say.
    void run_down(cwmp::action next)
    {
        for (int i = 0; i != 64; ++i) {
            if (std::holds_alternative<cwmp::finish>(next)) return;
            if (std::holds_alternative<cwmp::answer>(next))
                next = machine_.on_answer(soap::fault{9000, "", {}});
            else
                next = give({.status = 204});
        }
        ADD_FAILURE() << "the session does not end";
    }

    // What holds for every session that is over.
    void check_invariants()
    {
        const auto r = machine_.result();
        EXPECT_EQ(r.acknowledged.size(), requests.size());
        EXPECT_EQ(r.ok, r.detail.empty()) << r.detail;
        if (r.ok) {
            EXPECT_TRUE(r.inform_acknowledged);
        }
        for (const bool acknowledged : r.acknowledged)
            EXPECT_TRUE(r.inform_acknowledged || !acknowledged);
        EXPECT_EQ(machine_.outstanding(), base::method::other);
        // Nothing happens after the end.
        using base::failure_reason;
        EXPECT_TRUE(std::holds_alternative<cwmp::finish>(give({.status = 204})));
        EXPECT_TRUE(std::holds_alternative<cwmp::finish>(
            machine_.on_error(failure_reason::aborted, "too late")));
        EXPECT_TRUE(std::holds_alternative<cwmp::finish>(
            machine_.on_answer(soap::get_rpc_methods_response{})));
        EXPECT_EQ(machine_.result().ok, r.ok);
        EXPECT_EQ(machine_.result().reason, r.reason);
        EXPECT_EQ(machine_.result().detail, r.detail);
        EXPECT_EQ(machine_.result().messages, r.messages);
    }

    std::vector<step> steps_;
    cwmp::cpe_session machine_;
    std::string own_id_;
};

} // namespace cpestorm::test
