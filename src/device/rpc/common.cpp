#include "base/limits.hpp"
#include "base/text.hpp"
#include "device/rpc/handlers.hpp"
#include "soap/fault.hpp"

namespace cpestorm::device::rpc {

soap::fault make_fault(unsigned code)
{
    return {code, std::string(soap::fault_text(code)), {}};
}

soap::fault make_fault(model::tree_errc e)
{
    return make_fault(static_cast<unsigned>(e));
}

bool is_key(std::string_view key) noexcept
{
    return base::count_characters(key) <= base::limits::command_key_chars;
}

std::string parameter_key(const cpe& d)
{
    const model::row_id row = d.shared().known.parameter_key;
    return row == model::no_row ? std::string() : d.tree().get({row, 0}, true);
}

model::tree_result<void> set_parameter_key(const cpe& d, std::string_view key)
{
    const model::row_id row = d.shared().known.parameter_key;
    if (row == model::no_row) return {};
    return d.tree().set({row, 0}, key);
}

} // namespace cpestorm::device::rpc
