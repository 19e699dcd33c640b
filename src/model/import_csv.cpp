#include "base/json_writer.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "model/csv.hpp"
#include "model/import_known.hpp"
#include "model/path.hpp"
#include "model/profile.hpp"
#include "model/value.hpp"

#include <algorithm>
#include <map>

// A device export of an ACS or a simulator, as CSV -> the JSON of a profile.

namespace cpestorm::model {
namespace {

using base::checked;
using base::iequals;
using base::trim;

constexpr std::size_t notes_max = 50; // an odd export would otherwise make one per row

struct columns {
    std::size_t parameter = 0, object = 0, writable = 0, value = 0, type = 0;
};

struct imported_row {
    bool object = false;
    bool writable = false;
    value_type type = value_type::string;
    std::string text;
};

class importer {
public:
    explicit importer(const std::string& file)
        : file_(file)
    {
    }
    checked<imported_profile> run(std::string_view text);

private:
    checked<void> read_header(const csv_record& header);
    checked<void> read_row(const csv_record& record);
    void read_bookkeeping(std::string_view path, std::string_view value);
    imported_row read_parameter(const std::string& path, std::string_view type,
                                std::string_view text);
    void complete_identity();
    void write(std::string& out) const;
    void write_identity(base::json_writer& w) const;
    void write_objects(base::json_writer& w) const;
    void write_parameters(base::json_writer& w) const;
    bool object_is_implied(const std::string& path, const imported_row& row) const;
    bool object_writable(std::string_view path) const;
    void note(std::string text);

    base::diagnostic complain(const csv_record& r, std::size_t column, std::string what) const
    {
        return {.where = file_,
                .line = r.line,
                .column = column < r.columns.size() ? r.columns[column] : 1,
                .what = std::move(what)};
    }

    const std::string& file_;
    columns columns_;
    std::map<std::string, imported_row> rows_; // objects with their final dot
    std::map<std::string, std::string> identity_;
    mac_finder macs_;
    imported_profile out_;
    std::size_t notes_left_out_ = 0;
};

void importer::note(std::string text)
{
    if (out_.notes.size() < notes_max)
        out_.notes.push_back(std::move(text));
    else
        ++notes_left_out_;
}

checked<void> importer::read_header(const csv_record& header)
{
    const std::pair<std::string_view, std::size_t*> wanted[] = {
        {"Parameter", &columns_.parameter}, {"Object", &columns_.object},
        {"Writable", &columns_.writable},   {"Value", &columns_.value},
        {"Value type", &columns_.type},
    };
    for (const auto& [name, column] : wanted) {
        const auto at = std::ranges::find_if(
            header.fields, [&](const std::string& f) { return iequals(trim(f), name); });
        if (at == header.fields.end())
            return complain(header, 0,
                            "no column \"" + std::string(name) +
                                "\"; expected a header line with Parameter, Object, Writable, "
                                "Value and Value type");
        *column = static_cast<std::size_t>(at - header.fields.begin());
    }
    return {};
}

// Rows outside the device's own tree; the ACS's idea of its identity is worth keeping.
void importer::read_bookkeeping(std::string_view path, std::string_view value)
{
    ++out_.skipped;
    constexpr std::string_view prefix = "DeviceID.";
    if (path.starts_with(prefix)) identity_[std::string(path.substr(prefix.size()))] = value;
}

// Makes the type and the value agree: what does not fit becomes a valid value or a string.
imported_row importer::read_parameter(const std::string& path, std::string_view type,
                                      std::string_view text)
{
    imported_row row;
    row.text = text;
    if (const auto known = base::parse_type_name(type))
        row.type = *known;
    else if (!type.empty())
        note(path + ": type '" + std::string(type) + "' is unknown, taken as string.");

    const facets none;
    if (row.type == value_type::boolean && !is_valid(row.type, none, row.text))
        std::ranges::transform(row.text, row.text.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    if (is_valid(row.type, none, row.text)) return row;
    if (trim(row.text).empty()) {
        row.text = empty_value(row.type, none);
        note(path + ": no value, '" + row.text + "' stands in for it.");
    } else if (row.type != value_type::string) {
        note(path + ": '" + row.text + "' is no " + std::string(base::type_name(row.type)) +
             ", taken as string.");
        row.type = value_type::string;
    }
    if (!is_valid(row.type, none, row.text)) {
        row.text.clear();
        note(path + ": the value is no text that XML can carry, left empty.");
    }
    return row;
}

checked<void> importer::read_row(const csv_record& r)
{
    const auto field = [&](std::size_t column) -> std::string_view {
        return column < r.fields.size() ? std::string_view(r.fields[column]) : std::string_view();
    };
    std::string path(trim(field(columns_.parameter)));
    const auto root = std::string_view(path).substr(0, path.find('.'));
    if (root != "Device" && root != "InternetGatewayDevice") {
        read_bookkeeping(path, field(columns_.value));
        return {};
    }
    if (r.fields.size() <= columns_.writable)
        return complain(r, r.fields.size() - 1,
                        "only " + std::to_string(r.fields.size()) +
                            " fields; the columns up to "
                            "Writable are needed");
    if (!rows_.empty() && !rows_.begin()->first.starts_with(std::string(root) + '.'))
        return complain(r, columns_.parameter, "another root than the rows before");
    const auto flag = [&](std::size_t column) -> checked<bool> {
        const auto text = trim(field(column));
        if (text.empty() || iequals(text, "false") || text == "0") return false;
        if (iequals(text, "true") || text == "1") return true;
        return complain(r, column, "expected true or false, not '" + std::string(text) + "'");
    };
    const auto object = flag(columns_.object);
    if (!object) return object.error();
    const auto writable = flag(columns_.writable);
    if (!writable) return writable.error();

    if (*object && !path.ends_with('.')) path += '.';
    if (const auto fault = path_fault(path); !fault.empty() || is_template(path)) {
        ++out_.skipped;
        note(path + ": no valid path, left out (line " + std::to_string(r.line) + ").");
        return {};
    }
    imported_row row;
    if (!*object) row = read_parameter(path, trim(field(columns_.type)), field(columns_.value));
    row.object = *object;
    row.writable = *writable;
    if (!rows_.emplace(path, std::move(row)).second)
        return complain(r, columns_.parameter, "\"" + path + "\" is there twice");
    ++(*object ? out_.objects : out_.parameters);
    if (!*object) macs_.look_at(path);
    if (out_.parameters + out_.objects > base::limits::schema_parameters)
        return complain(r, columns_.parameter, "too many rows");
    return {};
}

// Fills what DeviceID rows did not say from the tree itself, or with something valid.
void importer::complete_identity()
{
    const std::string info =
        (rows_.begin()->first.starts_with("Device.") ? "Device." : "InternetGatewayDevice.") +
        std::string("DeviceInfo.");
    const auto from = [&](const char* key, const char* parameter, const char* fallback) {
        auto& text = identity_[key];
        const auto row = rows_.find(info + parameter);
        if (text.empty() && row != rows_.end()) text = row->second.text;
        if (!text.empty() && is_valid(value_type::string, {.max_length = 64}, text)) return;
        note(std::string("The export has no usable ") + key + "; '" + fallback +
             "' stands in for it.");
        text = fallback;
    };
    from("Manufacturer", "Manufacturer", "Unknown");
    from("OUI", "ManufacturerOUI", "000000");
    from("ProductClass", "ProductClass", "Imported");
    from("SerialNumber", "SerialNumber", "000000000");
    auto& oui = identity_["OUI"];
    std::ranges::transform(oui, oui.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    if (oui.size() != 6 || oui.find_first_not_of("0123456789ABCDEF") != oui.npos) {
        note("The OUI '" + oui + "' is not six hex digits; 000000 stands in for it.");
        oui = "000000";
    }
}

void importer::write_identity(base::json_writer& w) const
{
    w.key("identity").begin_object();
    w.field("manufacturer", identity_.at("Manufacturer"));
    w.field("oui", identity_.at("OUI"));
    w.field("product_class", identity_.at("ProductClass"));
    w.field("serial", serial_pattern(identity_.at("SerialNumber")));
    w.end_object();
}

bool importer::object_writable(std::string_view path) const
{
    const auto row = rows_.find(std::string(path));
    return row != rows_.end() && row->second.writable;
}

// Parents are made by the profile's reader: not writable, instances as writable as their table.
bool importer::object_is_implied(const std::string& path, const imported_row& row) const
{
    const auto next = rows_.upper_bound(path);
    const bool has_contents = next != rows_.end() && next->first.starts_with(path);
    const bool instance = is_instance_number(last_component(path));
    const bool implied = instance && object_writable(parent_path(path));
    return has_contents && row.writable == implied;
}

void importer::write_objects(base::json_writer& w) const
{
    w.key("objects").begin_object();
    for (const auto& [path, row] : rows_) {
        if (!row.object || object_is_implied(path, row)) continue;
        w.key(path).begin_object();
        if (row.writable || is_instance_number(last_component(path)))
            w.field("writable", row.writable);
        w.end_object();
    }
    w.end_object();
}

void importer::write_parameters(base::json_writer& w) const
{
    w.key("parameters").begin_object();
    for (const auto& [path, row] : rows_) {
        if (row.object) continue;
        const auto known = known_parameter(path);
        std::string text = macs_.token_for(path);
        if (text.empty()) text = known.value;
        if (text.empty() && !known.clear) text = value_template::escape(row.text);
        w.key(path);
        if (row.type == value_type::string && !row.writable && !known.inform && !known.hidden &&
            known.notify.empty()) {
            w.value(text);
            continue;
        }
        w.begin_object();
        w.field("type", base::type_name(row.type));
        w.field("value", text);
        if (row.writable) w.field("writable", true);
        if (known.hidden) w.field("hidden", true);
        if (known.inform) w.field("inform", true);
        if (!known.notify.empty()) w.field("notify", known.notify);
        w.end_object();
    }
    w.end_object();
}

void importer::write(std::string& out) const
{
    base::json_writer w(out, 2);
    w.begin_object();
    w.field("name", identity_.at("ProductClass"));
    const auto slash = file_.rfind('/');
    w.field("$comment", "Imported from " + file_.substr(slash + 1)); // npos + 1 is 0
    write_identity(w);
    write_objects(w);
    write_parameters(w);
    w.end_object();
    out += '\n';
}

checked<imported_profile> importer::run(std::string_view text)
{
    csv_reader in(file_, text);
    bool header = true;
    for (;;) {
        auto record = in.next();
        if (!record) return record.error();
        if (!*record) break;
        if (auto r = header ? read_header(**record) : read_row(**record); !r) return r.error();
        header = false;
    }
    if (header) return base::diagnostic{.where = file_, .what = "the file is empty"};
    if (out_.parameters == 0)
        return base::diagnostic{.where = file_,
                                .what = "no row starts with Device. or InternetGatewayDevice."};
    complete_identity();
    if (notes_left_out_ != 0)
        out_.notes.push_back("... and " + std::to_string(notes_left_out_) + " more.");
    write(out_.json);
    return std::move(out_);
}

} // namespace

checked<imported_profile> import_csv(const std::string& file, std::string_view text)
{
    return importer(file).run(text);
}

} // namespace cpestorm::model
