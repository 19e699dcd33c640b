#include "device/rpc/handlers.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cpestorm::device::rpc {

namespace {

bool is_partial(std::string_view name) noexcept
{
    return name.empty() || name.back() == '.';
}

// Which names another one stands for already. Sorted, everything below a partial path follows it
// directly, so one pass finds them: a request of many overlapping paths costs no more than the
// tree it asks for.
std::vector<bool> find_covered(std::span<const std::string> names)
{
    std::vector<std::size_t> order(names.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::string_view(names[i]); });
    std::vector<bool> covered(names.size(), false);
    const std::string* cover = nullptr;
    for (const std::size_t i : order) {
        const bool below = cover && is_partial(*cover) && names[i].starts_with(*cover);
        if (below || (cover && names[i] == *cover))
            covered[i] = true;
        else
            cover = &names[i];
    }
    return covered;
}

} // namespace

bool for_each_requested(const model::tree& tree, std::span<const std::string> names,
                        const node_visitor& visit)
{
    const std::vector<bool> covered = find_covered(names);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string& name = names[i];
        if (is_partial(name)) {
            if (!(covered[i] ? tree.has_object(name) : tree.for_each_parameter(name, visit)))
                return false;
        } else {
            const auto n = tree.find_parameter(name);
            if (!n) return false;
            if (!covered[i]) visit(*n, name);
        }
    }
    return true;
}

} // namespace cpestorm::device::rpc
