#include "metrics/samples.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace cpestorm::metrics {
namespace {

TEST(phrase_counts, counts_by_text_wherever_it_lies)
{
    static constexpr std::array<char, 4> same{'o', 'n', 'e', '!'};
    phrase_counts c;
    c.add("one");
    c.add("two", 5);
    c.add(std::string_view(same.data(), 3));
    ASSERT_EQ(c.entries().size(), 2u);
    EXPECT_EQ(c.entries()[0].phrase, "one");
    EXPECT_EQ(c.entries()[0].count, 2u);
    EXPECT_EQ(c.entries()[1].count, 5u);
    EXPECT_EQ(c.total(), 7u);
}

TEST(phrase_counts, too_many_phrases_are_other)
{
    static const auto phrases = [] {
        std::array<std::string, phrase_counts::capacity + 3> out;
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = "phrase " + std::to_string(i);
        return out;
    }();
    phrase_counts a;
    phrase_counts b;
    for (const auto& p : phrases)
        a.add(p);
    for (const auto& p : phrases)
        b.add(p, 2);
    EXPECT_EQ(a.entries().size(), phrase_counts::capacity);
    EXPECT_EQ(a.other(), 3u);
    a.merge(b);
    EXPECT_EQ(a.entries()[0].count, 3u);
    EXPECT_EQ(a.other(), 9u);
    EXPECT_EQ(a.total(), 3 * phrases.size());
}

TEST(frequent_texts, finds_the_frequent_among_many)
{
    frequent_texts t;
    EXPECT_EQ(t.top(), nullptr);
    for (int i = 0; i < 1000; ++i) {
        t.add("connection refused by 127.0.0.1:7547");
        t.add("something else " + std::to_string(i));
    }
    ASSERT_NE(t.top(), nullptr);
    EXPECT_EQ(t.top()->text, "connection refused by 127.0.0.1:7547");
    EXPECT_GE(t.top()->count, 1000u);

    frequent_texts merged;
    merged.add("rare");
    merged.merge(t);
    EXPECT_EQ(merged.top()->text, "connection refused by 127.0.0.1:7547");
}

TEST(frequent_texts, cuts_long_texts_between_characters)
{
    frequent_texts t;
    t.add(std::string(frequent_texts::text_bytes_max - 1, 'x') + "ä and more");
    EXPECT_EQ(t.top()->text, std::string(frequent_texts::text_bytes_max - 1, 'x'));
}

} // namespace
} // namespace cpestorm::metrics
