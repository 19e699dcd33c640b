#include "acs/server.hpp"
#include "stub_cpe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cpestorm::acs {
namespace {

using namespace test;
using namespace std::chrono_literals;

class server_auth : public testing::Test {
protected:
    static server_options options()
    {
        auto o = plain_options();
        o.login = {"cpe", "secret"};
        return o;
    }
    // Answers the challenge of the last reply.
    std::string authorization(const cwmp::credentials& login)
    {
        const std::string_view header = cpe.reply.www_authenticate;
        auto challenge = cwmp::choose_challenge(std::span(&header, 1));
        if (!challenge) {
            ADD_FAILURE() << "no challenge";
            return {};
        }
        client.take(std::move(*challenge), "0a1b2c3d");
        return client.authorize(login, "POST", "/acs");
    }
    cwmp::authenticator client;
    server acs{options()};
    stub_cpe cpe{acs};
};

TEST_F(server_auth, challenge_and_answer)
{
    EXPECT_EQ(cpe.post(good_inform()).status, 401u);
    EXPECT_FALSE(cpe.reply.close) << "the answer comes on the same connection";
    EXPECT_EQ(acs.totals().challenged, 1u);
    EXPECT_EQ(acs.devices().size(), 0u);

    cpe.authorization = authorization({"cpe", "secret"});
    EXPECT_EQ(cpe.post(good_inform()).status, 200u);
    cpe.authorization.clear();
    EXPECT_EQ(cpe.empty().status, 204u) << "same connection, known cookie";
    EXPECT_EQ(acs.totals().unauthorized, 0u);
}

TEST_F(server_auth, wrong_password)
{
    cpe.post(good_inform());
    cpe.authorization = authorization({"cpe", "guess"});
    EXPECT_EQ(cpe.post(good_inform()).status, 401u);
    EXPECT_NE(cpe.reply.www_authenticate, "");
    EXPECT_EQ(acs.totals().unauthorized, 1u);
    cpe.authorization = "Digest nonsense";
    EXPECT_EQ(cpe.post(good_inform()).status, 401u);
    EXPECT_EQ(acs.totals().unauthorized, 2u);
    EXPECT_EQ(acs.sessions_open(), 0u);
}

TEST_F(server_auth, cookie_alone_is_not_enough_on_another_connection)
{
    cpe.post(good_inform());
    cpe.authorization = authorization({"cpe", "secret"});
    cpe.post(good_inform());
    cpe.authorization.clear();
    cpe.connection = 2;
    EXPECT_EQ(cpe.empty().status, 401u);
    cpe.authorization = authorization({"cpe", "secret"});
    EXPECT_EQ(cpe.empty().status, 204u) << "the session was not lost";
}

TEST_F(server_auth, credentials_that_are_there_are_checked)
{
    cpe.post(good_inform());
    cpe.authorization = authorization({"cpe", "secret"});
    cpe.post(good_inform());
    cpe.authorization = client.authorize({"cpe", "guess"}, "POST", "/acs");
    EXPECT_EQ(cpe.empty().status, 401u);
}

TEST_F(server_auth, old_nonce_is_challenged_again)
{
    cpe.post(good_inform());
    cpe.authorization = authorization({"cpe", "secret"});
    cpe.now += 10min;
    EXPECT_EQ(cpe.post(good_inform()).status, 401u);
    EXPECT_THAT(cpe.reply.www_authenticate, testing::HasSubstr("stale=true"));
    EXPECT_EQ(acs.totals().unauthorized, 0u);
    EXPECT_EQ(acs.totals().challenged, 2u);
}

} // namespace
} // namespace cpestorm::acs
