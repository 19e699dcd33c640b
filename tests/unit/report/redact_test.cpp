#include "report/redact.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cpestorm::report {
namespace {

TEST(without_userinfo, removes_user_and_password_only)
{
    EXPECT_EQ(without_userinfo("http://u:p@acs:7547/x?a=b@c"), "http://acs:7547/x?a=b@c");
    EXPECT_EQ(without_userinfo("http://u@acs"), "http://acs");
    EXPECT_EQ(without_userinfo("http://u:p@ss@acs/"), "http://acs/");
    EXPECT_EQ(without_userinfo("http://acs/p@th"), "http://acs/p@th");
    EXPECT_EQ(without_userinfo("http://acs?x@y"), "http://acs?x@y");
    EXPECT_EQ(without_userinfo("not a url@all"), "not a url@all");
    EXPECT_EQ(without_userinfo(""), "");
}

TEST(printable_command, hides_secrets_and_quotes)
{
    const auto shown = [](std::vector<std::string> arguments) {
        return printable_command(arguments);
    };
    EXPECT_EQ(shown({"cpestorm", "run", "--acs", "http://u:p@acs/", "--devices", "10k"}),
              "cpestorm run --acs http://acs/ --devices 10k");
    EXPECT_EQ(shown({"cpestorm", "--acs-password", "geheim", "--seed", "1"}),
              "cpestorm --acs-password *** --seed 1");
    EXPECT_EQ(shown({"cpestorm", "--Password=geheim"}), "cpestorm --Password=***");
    EXPECT_EQ(shown({"cpestorm", "--set", "acs.password=geheim"}),
              "cpestorm --set acs.password=***");
    EXPECT_EQ(shown({"cpestorm", "--acs=http://u:p@acs/"}), "cpestorm --acs=http://acs/");
    EXPECT_EQ(shown({"cpestorm", "--api-token", "--odd", "--seed", "1"}),
              "cpestorm --api-token *** --seed 1");
    EXPECT_EQ(shown({"my program", "it's", ""}), "'my program' 'it'\\''s' ''");
}

} // namespace
} // namespace cpestorm::report
