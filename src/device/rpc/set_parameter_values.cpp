#include "device/extras.hpp"
#include "device/rpc/handlers.hpp"
#include "device/url.hpp"
#include "soap/fault.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

// TR-069 §A.3.2.1: all are checked, then all are applied or none.

namespace cpestorm::device::rpc {

namespace {

struct assignment {
    model::node node;
    const soap::parameter_value* given;
    std::string before;
};

// 0 if the value may be written; fills `node`.
unsigned check(const cpe& d, const model::tree& tree, const soap::parameter_value& p,
               model::node& node)
{
    const auto found = tree.find_parameter(p.name);
    if (!found) return soap::fault_code::invalid_parameter_name;
    node = *found;
    const auto type = p.typed ? std::optional(p.type) : std::nullopt;
    if (const auto valid = tree.validate(node, p.value, type); !valid)
        return static_cast<unsigned>(valid.error());
    // A device that takes a URL it cannot use is lost to every ACS.
    if (node.row == d.shared().known.url && check_url(p.value) != url_verdict::ok)
        return soap::fault_code::invalid_parameter_value;
    return 0;
}

bool has_duplicates(const std::vector<soap::parameter_value>& parameters)
{
    std::vector<std::string_view> names;
    names.reserve(parameters.size());
    for (const soap::parameter_value& p : parameters)
        names.push_back(p.name);
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) != names.end();
}

model::tree_result<void> apply(cpe& d, std::vector<assignment>& values, std::string_view key)
{
    model::tree tree = d.tree();
    const std::string old_key = parameter_key(d);
    auto done = set_parameter_key(d, key);
    std::size_t applied = 0;
    for (; done && applied < values.size(); ++applied) {
        assignment& a = values[applied];
        a.before = tree.get(a.node, true);
        done = tree.set(a.node, a.given->value);
    }
    if (done) return done;
    for (std::size_t i = applied; i-- > 0;)
        (void)tree.set(values[i].node, values[i].before); // was stored before, so it fits
    (void)set_parameter_key(d, old_key);
    return done;
}

// What some parameters mean for the device besides their value; it waits for the session's end.
void note_effects(cpe& d, const std::vector<assignment>& values)
{
    const known_rows& rows = d.shared().known;
    const model::tree tree = d.tree();
    for (const assignment& a : values) {
        const model::row_id row = a.node.row;
        if (row == rows.url && tree.get(a.node, true) != a.before)
            extras_of(d.own()).url_changed = true;
        if (row == rows.periodic_enable || row == rows.periodic_interval ||
            row == rows.periodic_time)
            extras_of(d.own()).schedule_changed = !d.shared().ignore_acs_interval;
    }
}

} // namespace

soap::message answer(cpe& d, const soap::set_parameter_values& request)
{
    soap::fault fault = make_fault(soap::fault_code::invalid_arguments);
    std::vector<assignment> values;
    values.reserve(request.parameters.size());
    const model::tree tree = d.tree();
    for (const soap::parameter_value& p : request.parameters) {
        assignment a{{}, &p, {}};
        if (const unsigned code = check(d, tree, p, a.node); code != 0)
            fault.parameters.push_back({p.name, code, std::string(soap::fault_text(code))});
        values.push_back(std::move(a));
    }
    if (!fault.parameters.empty() || has_duplicates(request.parameters) ||
        !is_key(request.parameter_key))
        return fault;
    if (const auto applied = apply(d, values, request.parameter_key); !applied)
        return make_fault(applied.error());
    note_effects(d, values);
    return soap::set_parameter_values_response{0};
}

} // namespace cpestorm::device::rpc
