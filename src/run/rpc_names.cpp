#include "run/rpc_names.hpp"

namespace cpestorm::run {

base::method method_of(const soap::message& m) noexcept
{
    auto text = soap::method_name(m);
    constexpr std::string_view suffix = "Response";
    if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
    for (std::size_t i = 0; i != base::method_count; ++i) {
        const auto candidate = static_cast<base::method>(i);
        if (base::name(candidate) == text) return candidate;
    }
    return base::method::other;
}

} // namespace cpestorm::run
