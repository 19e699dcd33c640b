#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

#include <algorithm>
#include <utility>
#include <vector>

// TR-069 §A.3.2.4: all or nothing.

namespace cpestorm::device::rpc {

namespace {

struct saved_attributes {
    model::node node;
    model::attributes before;
};

// The only entity the standard defines is "Subscriber"; others are a vendor's.
bool is_entity(std::string_view name) noexcept
{
    return name == "Subscriber" || name.starts_with("X_");
}

bool has_valid_arguments(const soap::set_attributes_entry& e)
{
    if (e.notification_change && e.notification > 2) return false; // no lightweight notifications
    return !e.access_list_change || std::ranges::all_of(e.access_list, is_entity);
}

model::tree_result<void> apply(model::tree& tree, model::node n,
                               const soap::set_attributes_entry& e)
{
    if (e.notification_change)
        if (auto done = tree.set_notification(n, e.notification); !done) return done;
    if (e.access_list_change) return tree.set_access_list(n, e.access_list);
    return {};
}

void restore(model::tree& tree, std::vector<saved_attributes>& saved)
{
    for (auto it = saved.rbegin(); it != saved.rend(); ++it) {
        // They were so before, so they fit.
        (void)tree.set_notification(it->node, it->before.notification);
        (void)tree.set_access_list(it->node, std::move(it->before.access_list));
    }
}

} // namespace

soap::message answer(cpe& d, const soap::set_parameter_attributes& request)
{
    model::tree tree = d.tree();
    std::vector<saved_attributes> saved;
    unsigned code = 0;
    for (const soap::set_attributes_entry& e : request.parameters) {
        if (!has_valid_arguments(e)) {
            code = soap::fault_code::invalid_arguments;
            break;
        }
        const auto change = [&](model::node n, std::string_view) {
            if (code != 0) return;
            saved.push_back({n, tree.get_attributes(n)});
            if (const auto done = apply(tree, n, e); !done)
                code = static_cast<unsigned>(done.error());
        };
        if (!for_each_requested(tree, {&e.name, 1}, change))
            code = soap::fault_code::invalid_parameter_name;
        if (code != 0) break;
    }
    if (code == 0) return soap::set_parameter_attributes_response{};
    restore(tree, saved);
    return make_fault(code);
}

} // namespace cpestorm::device::rpc
