#include "acs/registry.hpp"

#include "stub_cpe.hpp"

#include <gtest/gtest.h>

#include <malloc.h>

#include <cstdio>

namespace cpestorm::acs {
namespace {

using test::good_inform;

std::string id_of(const soap::device_id& device)
{
    std::string id;
    append_id(id, device);
    return id;
}

TEST(registry, ids_differ_between_devices)
{
    EXPECT_EQ(id_of({"M", "00D09E", "Class_1", "SN7"}), "00D09E-Class_1-SN7");
    EXPECT_EQ(id_of({"M", "00D09E", "a b", "\xC3\xA4-"}), "00D09E-a%20b-%C3%A4%2D");
    EXPECT_NE(id_of({"M", "00D09E", "a-b", "c"}), id_of({"M", "00D09E", "a", "b-c"}));
    EXPECT_EQ(id_of({"M", "00D09E", "", "s"}), "00D09E--s");
}

TEST(packed_texts, each_text_changes_alone)
{
    packed_texts texts;
    for (std::size_t i = 0; i < packed_texts::count; ++i)
        EXPECT_EQ(texts.get(i), "");
    texts.set(3, "last");
    texts.set(0, "first");
    texts.set(2, "third");
    EXPECT_EQ(texts.get(0), "first");
    EXPECT_EQ(texts.get(1), "");
    EXPECT_EQ(texts.get(2), "third");
    EXPECT_EQ(texts.get(3), "last");
    texts.set(2, "a longer third one");
    texts.set(0, "");
    texts.set(3, "l");
    EXPECT_EQ(texts.get(0), "");
    EXPECT_EQ(texts.get(2), "a longer third one");
    EXPECT_EQ(texts.get(3), "l");
    const std::string huge(100'000, 'x');
    for (std::size_t i = 0; i < packed_texts::count; ++i)
        texts.set(i, huge);
    for (std::size_t i = 0; i < packed_texts::count; ++i)
        EXPECT_EQ(texts.get(i), huge.substr(0, 4096));
}

TEST(record, remembers_what_informs_say)
{
    const base::instant t{std::chrono::hours(5)};
    record r("id");
    r.informed(good_inform("S", {{"0 BOOTSTRAP", ""}, {"1 BOOT", ""}}), t);
    r.has_login = true;
    r.informed(good_inform("S", {{"1 BOOT", ""}, {"M Reboot", "k"}, {"X other", ""}}),
               t + std::chrono::hours(1));
    EXPECT_TRUE(r.has_login);
    EXPECT_EQ(r.id(), "id");
    EXPECT_EQ(r.first_inform, t);
    EXPECT_EQ(r.last_inform, t + std::chrono::hours(1));
    EXPECT_EQ(r.informs, 2u);
    EXPECT_EQ(r.boots, 2u);
    EXPECT_EQ(r.bootstraps, 1u);
    EXPECT_EQ(r.events, 1u << unsigned(base::event::bootstrap) | 1u << unsigned(base::event::boot) |
                            1u << unsigned(base::event::m_reboot));
    EXPECT_EQ(r.connection_request_url(), "http://127.0.0.1:7548/cr");
    EXPECT_EQ(r.software_version(), "2.0");
    EXPECT_EQ(r.parameter_key(), "key");

    r.informed(good_inform("S", {{"0 BOOTSTRAP", ""}}), t);
    EXPECT_FALSE(r.has_login) << "a device that starts over has forgotten it";
}

TEST(registry, finds_what_was_added)
{
    registry devices({1, 2});
    EXPECT_EQ(devices.find("a"), nullptr);
    EXPECT_EQ(devices.find_or_add("a"), 0u);
    EXPECT_EQ(devices.find_or_add("b"), 1u);
    EXPECT_EQ(devices.find_or_add("a"), 0u);
    EXPECT_EQ(devices.size(), 2u);
    EXPECT_EQ(devices.find("b"), &devices[1]);
    std::string ids;
    for (const record& r : devices)
        ids += r.id();
    EXPECT_EQ(ids, "ab");
}

// Bytes the heap has given out, with its own overhead; 0 if an allocator that does not tell is in
// use (sanitizers).
std::size_t heap_bytes()
{
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

TEST(registry, a_million_devices_fit)
{
    if (heap_bytes() == 0) GTEST_SKIP() << "this build's allocator does not tell what it gave out";
    constexpr std::uint32_t count = 200'000;
    soap::inform inform = good_inform("", {{"0 BOOTSTRAP", ""}});
    inform.parameters[2].value = "http://127.123.123.123:7547/0123456789abcdef";
    const base::instant now{std::chrono::seconds(1)};
    const std::size_t before = heap_bytes();
    auto devices = std::make_unique<registry>(sip_key{3, 4});
    std::string id;
    for (std::uint32_t i = 0; i < count; ++i) {
        id.clear();
        inform.device.serial_number = "CPE" + std::to_string(1'000'000'000 + i);
        append_id(id, inform.device);
        (*devices)[devices->find_or_add(id)].informed(inform, now);
    }
    const std::size_t each = (heap_bytes() - before) / count;
    RecordProperty("bytes_per_device", static_cast<int>(each));
    std::printf("%zu bytes per device\n", each);
    EXPECT_EQ(devices->size(), count);
    EXPECT_LE(each, 300u);
}

// The first values of the reference implementation's table: key 00 01 .. 0f, data 00 01 ...
TEST(siphash, reference_values)
{
    constexpr sip_key key{0x0706050403020100u, 0x0f0e0d0c0b0a0908u};
    std::string data;
    EXPECT_EQ(siphash(key, data), 0x726fdb47dd0e0e31u);
    data += '\0';
    EXPECT_EQ(siphash(key, data), 0x74f839c593dc67fdu);
    for (char c = 1; c < 15; ++c)
        data += c;
    EXPECT_EQ(siphash(key, data), 0xa129ca6149be45e5u); // the example of the paper's appendix A
}

} // namespace
} // namespace cpestorm::acs
