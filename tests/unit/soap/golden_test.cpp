// What is written, byte for byte, and what others write, in files that can be read.
// CPESTORM_REGENERATE_GOLDEN=1 writes the files of "emitted" anew: look at the difference.

#include "samples.hpp"

#include "base/text.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

namespace cpestorm::soap::test {
namespace {

const std::filesystem::path golden = std::filesystem::path(CPESTORM_GOLDEN_DIR) / "soap";

std::string contents(const std::filesystem::path& file)
{
    auto text = base::read_file(file.string(), 1'000'000);
    if (text.has_value()) return *text;
    ADD_FAILURE() << text.error().text();
    return {};
}

TEST(golden, what_is_emitted)
{
    const bool regenerate = std::getenv("CPESTORM_REGENERATE_GOLDEN") != nullptr;
    for (const sample& s : samples()) {
        const auto file = golden / "emitted" / (s.name + ".xml");
        const std::string xml = encoded(s.what);
        if (regenerate) {
            EXPECT_TRUE(base::write_file(file.string(), xml).has_value()) << file;
        } else {
            EXPECT_EQ(contents(file), xml) << file;
        }
    }
}

// A file that somebody else might have written, what it says and how it deviates.
struct foreign {
    std::string file;
    std::optional<std::string> id;
    cwmp_namespace ns;
    soap::message message;
    std::vector<std::string_view> deviations;
};

std::vector<foreign> foreigners()
{
    using enum cwmp_namespace;
    const std::vector<parameter_value> ssid{
        {"Device.WiFi.SSID.1.SSID", "  two  ", value_type::string},
        {"Device.WiFi.SSID.1.Enable", "1", value_type::boolean}};
    const std::vector<parameter_value> odd{{"Device.A", "1", value_type::unsigned_int},
                                           {"Device.B", "x", value_type::string, false},
                                           {"Device.C", "y", value_type::string, false},
                                           {"Device.D", "AA==", value_type::base64}};
    return {
        {"genieacs-inform-response.xml", "b9f572af", cwmp_1_0, inform_response{}, {}},
        {"genieacs-get-parameter-names.xml",
         "1a206a8a72b0000",
         cwmp_1_0,
         get_parameter_names{"", true},
         {}},
        {"genieacs-download.xml",
         "1a206a8c84d0000",
         cwmp_1_0,
         download{"1a206a8c84d0000", "1 Firmware Upgrade Image", "http://127.0.0.1:7567/fw.bin", "",
                  "", 0, "", 0, "", ""},
         {}},
        {"default-namespaces.xml",
         "42",
         cwmp_1_1,
         get_parameter_values{{"Device.", "Device.Time."}},
         {"ID without mustUnderstand", "arrayType missing"}},
        {"pretty-printed.xml", "17", cwmp_1_2, set_parameter_values{ssid, "  key "}, {}},
        {"bom-comments-cdata.xml", "1<2", cwmp_1_2, reboot{"a<b&c"}, {}},
        {"no-header.xml", std::nullopt, cwmp_1_0, factory_reset{}, {"ID missing"}},
        {"qualified-children.xml", "5", cwmp_1_0, inform_response{1}, {"argument with a prefix"}},
        {"odd-types.xml",
         "6",
         cwmp_1_0,
         set_parameter_values{odd, ""},
         {"xsi:type missing", "xsi:type unknown", "arrayType count differs",
          "array member misnamed", "argument missing"}},
        {"encoded-array.xml",
         "8",
         cwmp_1_0,
         get_parameter_values{{"Device.A", "Device.B"}},
         {"arrayType missing", "array member misnamed"}},
        {"later-namespace.xml",
         "9",
         cwmp_1_2,
         delete_object{"Device.WiFi.SSID.2.", ""},
         {"CWMP namespace cwmp-1-3 or cwmp-1-4"}},
        {"latin1.xml", "10", cwmp_1_0, reboot{"Gr\xC3\xBC\xC3\x9F"}, {}},
        {"undeclared-latin1.xml",
         "11",
         cwmp_1_0,
         reboot{"Gr\xC3\xBC\xC3\x9F"},
         {"bytes are not UTF-8"}},
        {"nil-and-order.xml",
         "12",
         cwmp_1_0,
         download{"", "3 Vendor Configuration File", "http://f.example/a?x=1&y=2", "", "", 12, "",
                  0, "", ""},
         {"argument missing"}},
        {"prefixed-faultcode.xml", "13", cwmp_1_0, fault{8005, "", {}}, {}},
        {"plain-soap-fault.xml",
         "14",
         cwmp_1_2,
         fault{0, "java.lang.NullPointerException", {}},
         {"Fault without CWMP detail"}},
    };
}

TEST(golden, what_others_send)
{
    for (const foreign& f : foreigners()) {
        SCOPED_TRACE(f.file);
        std::vector<std::string_view> deviations;
        const envelope e = must_decode(contents(golden / "foreign" / f.file), &deviations);
        EXPECT_EQ(e.id, f.id);
        EXPECT_EQ(e.ns, f.ns);
        EXPECT_TRUE(e.message == f.message) << encoded(e);
        EXPECT_THAT(deviations, testing::UnorderedElementsAreArray(f.deviations));
    }
}

TEST(golden, every_foreign_file_is_tested)
{
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(golden / "foreign"))
        files += entry.path().extension() == ".xml";
    EXPECT_EQ(files, foreigners().size());
}

} // namespace
} // namespace cpestorm::soap::test
