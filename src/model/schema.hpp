#pragma once

// The parameters and objects a kind of device has: immutable once built, sorted by path, shared by
// all devices of a profile. A row is either concrete ("Device.WiFi.SSID.1.SSID") or belongs to the
// template of a table ("Device.WiFi.SSID.{i}.SSID"), from which AddObject makes instances.

#include "base/error.hpp"
#include "base/value_type.hpp"
#include "model/value_template.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::model {

using base::value_type;

enum class row_kind : std::uint8_t { object, parameter };

// How a model restricts the Notification attribute (TR-106 §3.7, activeNotify).
enum class notify_rule : std::uint8_t {
    normal,         // default off; the ACS may set any value
    force_enabled,  // always active, whatever the attribute
    default_active, // default active; the ACS may change it
    can_deny,       // the device refuses active notification (9009)
};

// Limits of a value beyond its type. Only what the row's type can have is set.
struct facets {
    std::optional<std::int64_t> min = {};         // numbers
    std::optional<std::int64_t> max = {};         // numbers
    std::optional<std::uint32_t> min_length = {}; // string: characters; base64, hexBinary: bytes
    std::optional<std::uint32_t> max_length = {};
    std::vector<std::string> enumeration = {}; // empty: any
    // A string of comma-separated items: the enumeration applies to each, lengths to the whole.
    bool list = false;
    bool operator==(const facets&) const = default;
};

// What the builder takes for one row.
struct row_definition {
    std::string path; // objects end in "."; "{i}" components make a template row
    row_kind kind = row_kind::parameter;
    bool writable = false; // object: AddObject (table) or DeleteObject (instance) is allowed
    value_type type = value_type::string;
    std::string value; // value_template text; tables of constants use "{{"
    model::facets facets;
    notify_rule notify = notify_rule::normal;
    bool hidden = false;             // reads as "" (passwords)
    bool forced_inform = false;      // in every Inform's ParameterList
    std::uint32_t max_instances = 0; // table object: limit for AddObject, 0 = limits.hpp
    unsigned line = 0, column = 0;   // where it was defined, for diagnostics
};

using row_id = std::uint32_t;
inline constexpr row_id no_row = std::numeric_limits<row_id>::max();

class schema {
public:
    // Checks and freezes the definitions. Missing parent objects are made: an instance as writable
    // as its table, others not writable. For a table "X.", rows "X.{i}..." are its template; a
    // writable table without a template gets one from its first concrete instance, with the types'
    // empty values, or an empty one. Values may use {i}, the path's last instance number. A
    // parameter "X...NumberOfEntries" whose table exists counts that table's instances. `name` is
    // the file name for diagnostics. Errors: bad path, duplicate, value not of its type, more than
    // limits::schema_parameters rows.
    [[nodiscard]] static base::checked<std::shared_ptr<const schema>>
    build(const std::string& name, std::vector<row_definition> rows);

    // "Device." or "InternetGatewayDevice.".
    [[nodiscard]] std::string_view root() const noexcept;

    // Concrete rows are 0..concrete_count()-1, in byte order of their paths, so that everything
    // below a partial path is one contiguous range. Template rows follow.
    [[nodiscard]] row_id concrete_count() const noexcept;
    [[nodiscard]] row_id row_count() const noexcept;
    [[nodiscard]] std::size_t parameter_count() const noexcept; // concrete parameters

    // The concrete row with exactly this path; no_row if there is none.
    [[nodiscard]] row_id find(std::string_view path) const noexcept;
    // The concrete rows whose path starts with `prefix` (which ends in "." or is empty).
    struct range {
        row_id first, last; // [first, last)
    };
    [[nodiscard]] range below(std::string_view prefix) const noexcept;

    [[nodiscard]] std::string_view path(row_id r) const noexcept;
    [[nodiscard]] row_kind kind(row_id r) const noexcept;
    [[nodiscard]] bool writable(row_id r) const noexcept;
    [[nodiscard]] value_type type(row_id r) const noexcept;
    [[nodiscard]] bool hidden(row_id r) const noexcept;
    [[nodiscard]] notify_rule notify(row_id r) const noexcept;
    [[nodiscard]] const model::facets& facets_of(row_id r) const noexcept;
    // The default value. Only templates of template rows use instance numbers.
    [[nodiscard]] const value_template& value(row_id r) const noexcept;
    // The table object this NumberOfEntries parameter counts; no_row for other parameters.
    [[nodiscard]] row_id counted_table(row_id r) const noexcept;

    // The template of an instance of table `table` (row of "X.{i}."), or no_row if `table` is no
    // table or has none.
    [[nodiscard]] row_id instance_template(row_id table) const noexcept;
    [[nodiscard]] bool is_table(row_id object) const noexcept;
    // The concrete instances of a concrete table ("X.1.", "X.2."), by number.
    [[nodiscard]] std::span<const row_id> instances(row_id table) const noexcept;
    // The template row with exactly this path ("X.{i}.Name"); no_row if there is none.
    [[nodiscard]] row_id find_template(std::string_view path) const noexcept;
    // The template rows whose path starts with that of the template instance "X.{i}.".
    [[nodiscard]] range below_template(row_id instance) const noexcept;
    [[nodiscard]] std::uint32_t max_instances(row_id table) const noexcept;

    // Concrete parameters that every Inform carries (TR-069 A.3.3.1), in schema order.
    [[nodiscard]] const std::vector<row_id>& forced_inform() const noexcept;

    // Memory this schema holds, for the plan.
    [[nodiscard]] std::size_t bytes() const noexcept;

    schema(const schema&) = delete;
    schema& operator=(const schema&) = delete;
    ~schema();

private:
    struct impl;
    class builder;
    explicit schema(std::unique_ptr<impl> p) noexcept;
    std::unique_ptr<impl> impl_;
};

} // namespace cpestorm::model
