#pragma once

// One device's parameter tree: a view of schema + overlay, made for the duration of a call. All
// rules of names, instances, types and values are here; which fault code they become is the
// caller's business (each error below names it).

#include "base/error.hpp"
#include "model/overlay.hpp"
#include "model/schema.hpp"
#include "model/value_template.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::model {

// A parameter or object of a tree. Valid until the tree's instances change.
struct node {
    row_id row = no_row;        // concrete row, or the template row of an added instance
    std::uint32_t instance = 0; // 0: concrete; otherwise identifies the added instance
    bool operator==(const node&) const = default;
};

// Why a value or an operation is refused, with its CPE fault code (TR-069 §A.5.1).
enum class tree_errc : std::uint16_t {
    resources_exceeded = 9004,      // too many instances, overlay full
    invalid_parameter_name = 9005,  // no such parameter, object, table or instance
    invalid_parameter_type = 9006,  // the given xsi:type is not the model's
    invalid_parameter_value = 9007, // not of the type's form, or outside the facets
    non_writable_parameter = 9008,
    notification_rejected = 9009,
};
template <class T>
using tree_result = boost::system::result<T, tree_errc>;

// Lets result::value() compile.
[[noreturn]] void throw_exception_from_error(tree_errc e, const boost::source_location& at);

struct attributes {
    std::uint8_t notification = 0;        // 0 off, 1 passive, 2 active (3..6 lightweight)
    std::vector<std::string> access_list; // "Subscriber", ...
};

class tree {
public:
    // The three must outlive the tree. `source` computes the values no overlay holds.
    tree(const schema& s, overlay& o, const value_source& source) noexcept
        : schema_(s)
        , overlay_(o)
        , source_(source)
    {
    }

    // The parameter with this full name; empty if there is none (also for objects).
    [[nodiscard]] std::optional<node> find_parameter(std::string_view name) const;
    // True if `path` ("" or ending in ".") is the root or an object that exists.
    [[nodiscard]] bool has_object(std::string_view path) const;

    // Calls `visit(node, path)` for every parameter below the partial path, in path order; false
    // (and no call) if the object does not exist. The path view lives until visit returns.
    using visitor = std::function<void(node, std::string_view path)>;
    bool for_each_parameter(std::string_view partial_path, const visitor& visit) const;

    // GetParameterNames (TR-069 §A.3.2.3): calls visit(path, writable) for what is below `path`:
    // with next_level only its children, otherwise itself and everything below, objects ending in
    // ".". `path` "" is the place above the root object. It may also be a full parameter name, but
    // not with next_level (TR-069: 9003): that is for the caller to refuse, here it visits nothing.
    // False if there is no such path.
    using name_visitor = std::function<void(std::string_view path, bool writable)>;
    bool for_each_name(std::string_view path, bool next_level, const name_visitor& visit) const;

    [[nodiscard]] std::string path(node n) const;
    [[nodiscard]] value_type type(node n) const noexcept { return schema_.type(n.row); }
    [[nodiscard]] bool writable(node n) const noexcept { return schema_.writable(n.row); }
    [[nodiscard]] notify_rule notify(node n) const noexcept { return schema_.notify(n.row); }

    // Appends the current value; hidden parameters read as "" unless `reveal` (for our own use).
    void get(node n, std::string& out, bool reveal = false) const;
    [[nodiscard]] std::string get(node n, bool reveal = false) const;
    // The value of a parameter by full name; empty if it does not exist.
    [[nodiscard]] std::optional<std::string> value_of(std::string_view name,
                                                      bool reveal = false) const;

    // Whether the ACS may write `text` here. `given` is the request's xsi:type, empty if it had
    // none; xsd:string is accepted for any type (tolerated deviation).
    [[nodiscard]] tree_result<void> validate(node n, std::string_view text,
                                             std::optional<value_type> given) const;
    // Stores a value without checking it (validate first). Storing the default removes the entry.
    // Error: resources_exceeded.
    [[nodiscard]] tree_result<void> set(node n, std::string_view text);

    [[nodiscard]] attributes get_attributes(node n) const;
    // Error: notification_rejected (TR-106 §3.7: active for can_deny, anything else for
    // force_enabled), resources_exceeded.
    [[nodiscard]] tree_result<void> set_notification(node n, unsigned notification);
    [[nodiscard]] tree_result<void> set_access_list(node n, std::vector<std::string> list);

    // Makes an instance of the table `path` ("Device.NAT.PortMapping."); its number is one above
    // the highest ever used since the overlay was clear. Errors: invalid_parameter_name (no such
    // table, or one the ACS may not add to), resources_exceeded.
    [[nodiscard]] tree_result<std::uint32_t> add_object(std::string_view path);
    // Deletes the instance `path` ("Device.NAT.PortMapping.3.") and all below it, with values and
    // attributes. Errors: invalid_parameter_name (no such instance, or a table),
    // non_writable_parameter.
    [[nodiscard]] tree_result<void> delete_object(std::string_view path);

private:
    [[nodiscard]] std::optional<node> resolve(std::string_view path) const;
    // Calls visit(node, path) for every row, objects included, whose path starts with `prefix`, in
    // the order of paths.
    template <class Visitor>
    void for_each_row(std::string_view prefix, Visitor&& visit) const;
    [[nodiscard]] std::uint32_t count_instances(node table) const noexcept;
    [[nodiscard]] std::uint32_t highest_number(node table) const noexcept;
    [[nodiscard]] std::vector<std::uint32_t> numbers_of(node n) const;
    void append_default(node n, std::string& out) const;
    [[nodiscard]] std::optional<std::string_view> changed(node n) const noexcept;
    [[nodiscard]] const detail::overlay_rest* rest() const noexcept;
    void delete_added(std::uint32_t id);
    void delete_concrete(row_id instance);

    const schema& schema_;
    overlay& overlay_;
    const value_source& source_;
};

} // namespace cpestorm::model
