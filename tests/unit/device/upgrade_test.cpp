#include "device/software_version.hpp"
#include "device/url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cpestorm::device {
namespace {

struct upgrade_case {
    const char* old_version;
    const char* file;
    const char* expected;
};

TEST(software_version, after_an_upgrade)
{
    const upgrade_case cases[] = {
        {"1.0.9", "gw-2.1.0.bin", "2.1.0"},
        {"1.0.9", "fw_v3.14", "3.14"},
        {"1.0.9", "image.bin", "1.0.10"},
        {"1.0.9", "image7.bin", "1.0.10"},
        {"1.0.9", "image7-8.2.bin", "8.2"},
        {"1.0.9b", "", "1.0.10b"},
        {"beta", "x", "beta.1"},
        {"", "", ".1"},
        {"7", "x", "8"},
        {"a99999999999999999999999b", "", "a1b"},
    };
    for (const upgrade_case& c : cases)
        EXPECT_EQ(version_after_upgrade(c.old_version, c.file), c.expected) << c.file;
}

TEST(software_version, file_name_of_a_url)
{
    EXPECT_EQ(file_name_of("http://h/fw/a-1.2.bin?x=/1"), "a-1.2.bin");
    EXPECT_EQ(file_name_of("http://h/"), "");
    EXPECT_EQ(file_name_of("a.bin"), "a.bin");
}

TEST(url, what_a_device_can_use)
{
    const std::pair<std::string, url_verdict> cases[] = {
        {"http://h", url_verdict::ok},
        {"HTTPS://h:8443/a@b?c@d", url_verdict::ok},
        {"http://[::1]:7547/", url_verdict::ok},
        {"ftp://h/f", url_verdict::other_scheme},
        {"tftp://h/f", url_verdict::other_scheme},
        {"http://u:p@h/f", url_verdict::userinfo},
        {"", url_verdict::malformed},
        {"h/f", url_verdict::malformed},
        {"://h/f", url_verdict::malformed},
        {"http://", url_verdict::malformed},
        {"http:///f", url_verdict::malformed},
        {"http://:80/f", url_verdict::malformed},
        {"http://h/a b", url_verdict::malformed},
        {"http://h/\n", url_verdict::malformed},
        {"http://h/" + std::string(3000, 'a'), url_verdict::malformed},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_EQ(check_url(text), expected) << text;
}

} // namespace
} // namespace cpestorm::device
