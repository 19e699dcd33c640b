#include "model/profile.hpp"

#include "base/json.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "model/profile_rows.hpp"

// The JSON of a profile: identity and behaviour here, the data model in profile_rows.cpp.

namespace cpestorm::model {
namespace {

using base::checked;
using base::json::kind;
using base::json::value;

checked<std::string> text_of(const value& object, std::string_view key, std::size_t min,
                             std::size_t max)
{
    const auto member = object.find(key);
    if (!member) return object.complain("\"" + std::string(key) + "\" is missing");
    const auto text = member->as_string();
    if (!text) return text.error();
    const auto n = base::count_characters(*text);
    if (n < min || n > max)
        return member->complain("expected " + std::to_string(min) + " to " + std::to_string(max) +
                                " characters");
    return std::string(*text);
}

bool is_oui(std::string_view s)
{
    return s.size() == 6 && s.find_first_not_of("0123456789ABCDEF") == s.npos;
}

checked<identity_template> read_identity(const value& object)
{
    if (auto keys = object.expect_keys({"manufacturer", "oui", "product_class", "serial"}); !keys)
        return keys.error();
    identity_template out;
    auto manufacturer = text_of(object, "manufacturer", 1, 64);
    if (!manufacturer) return manufacturer.error();
    out.manufacturer = std::move(*manufacturer);
    auto oui = text_of(object, "oui", 0, 64);
    if (!oui) return oui.error();
    if (!is_oui(*oui))
        return object.find("oui")->complain("expected six upper-case hex digits, as in \"00D09E\"");
    out.oui = std::move(*oui);
    auto product_class = text_of(object, "product_class", 0, 64);
    if (!product_class) return product_class.error();
    out.product_class = std::move(*product_class);

    auto serial = text_of(object, "serial", 1, 64);
    if (!serial) return serial.error();
    auto compiled = value_template::compile(*serial);
    const auto where = *object.find("serial");
    if (!compiled) return where.complain(compiled.error().what);
    if (!compiled->uses(token::index) && !compiled->uses(token::mac) &&
        !compiled->uses(token::hash))
        return where.complain("serial numbers must differ between devices: use {index}, {mac} or "
                              "{hash:N}");
    if (compiled->uses(token::serial) || compiled->uses_instances())
        return where.complain("a serial number cannot contain {serial} or {i}");
    out.serial = std::move(*compiled);
    return out;
}

checked<std::chrono::seconds> read_interval(const value& v)
{
    using std::chrono::seconds;
    const auto text = v.as_string();
    if (!text) return text.error();
    const auto d = base::parse_duration(*text);
    if (!d) return v.complain(d.error().what);
    const auto whole = std::chrono::duration_cast<seconds>(*d);
    if (whole != *d || whole < seconds(1) || whole.count() > std::int64_t{0xFFFFFFFF})
        return v.complain("expected whole seconds, at least 1s");
    return whole;
}

} // namespace

checked<std::shared_ptr<const profile>> parse_profile(std::string file, std::string_view json)
{
    const auto document = base::json::document::parse(file, json);
    if (!document) return document.error();
    const value root = document->root();
    if (auto keys = root.expect_keys(
            {"name", "identity", "periodic_inform_interval", "objects", "parameters"});
        !keys)
        return keys.error();

    auto out = std::make_shared<profile>();
    auto name = text_of(root, "name", 1, 64);
    if (!name) return name.error();
    out->name = std::move(*name);
    if (const auto comment = root.find("$comment")) {
        const auto text = comment->as_string();
        if (!text) return text.error();
        out->comment = *text;
    }
    const auto identity = root.find("identity");
    if (!identity) return root.complain("\"identity\" is missing");
    auto read = read_identity(*identity);
    if (!read) return read.error();
    out->identity = std::move(*read);
    if (const auto interval = root.find("periodic_inform_interval")) {
        const auto seconds = read_interval(*interval);
        if (!seconds) return seconds.error();
        out->periodic_inform_interval = *seconds;
    }
    auto rows = read_rows(root);
    if (!rows) return rows.error();
    auto built = schema::build(file, std::move(*rows));
    if (!built) return built.error();
    out->schema = std::move(*built);
    return std::shared_ptr<const profile>(std::move(out));
}

checked<std::shared_ptr<const profile>> load_profile(const std::string& path)
{
    const auto text = base::read_file(path, base::limits::profile_bytes);
    if (!text) return text.error();
    return parse_profile(path, *text);
}

} // namespace cpestorm::model
