#include "base/value_type.hpp"

#include <gtest/gtest.h>

namespace cpestorm::base {
namespace {

TEST(ValueTypeTest, NamesReadBack)
{
    for (int i = 0; i <= static_cast<int>(value_type::decimal); ++i) {
        const auto t = static_cast<value_type>(i);
        EXPECT_EQ(parse_type_name(type_name(t)), t) << type_name(t);
        EXPECT_EQ(parse_type_name(xsi_type_name(t)), t) << xsi_type_name(t);
    }
}

TEST(ValueTypeTest, ReadsWhatAcssAndExportsWrite)
{
    EXPECT_EQ(parse_type_name("xsd:unsignedint"), value_type::unsigned_int);
    EXPECT_EQ(parse_type_name("xs:Boolean"), value_type::boolean);
    EXPECT_EQ(parse_type_name("base64Binary"), value_type::base64);
    EXPECT_EQ(parse_type_name("xsd:float"), value_type::decimal);
    EXPECT_EQ(xsi_type_name(value_type::base64), "soap-enc:base64");
    EXPECT_EQ(parse_type_name("xsd:"), std::nullopt);
    EXPECT_EQ(parse_type_name(""), std::nullopt);
    EXPECT_EQ(parse_type_name("xsd:integer"), std::nullopt);
}

} // namespace
} // namespace cpestorm::base
