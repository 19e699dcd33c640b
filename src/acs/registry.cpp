#include "acs/registry.hpp"

#include "base/limits.hpp"
#include "cwmp/inform_rules.hpp"

#include <algorithm>
#include <cstring>

namespace cpestorm::acs {
namespace {

constexpr std::size_t text_bytes = 4096; // of one packed text; four of them fit 16-bit offsets

void append_part(std::string& out, std::string_view part)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : part) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

} // namespace

void append_id(std::string& out, const soap::device_id& device)
{
    append_part(out, device.oui);
    out += '-';
    append_part(out, device.product_class);
    out += '-';
    append_part(out, device.serial_number);
}

std::string_view packed_texts::get(std::size_t i) const noexcept
{
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.get() + begin, ends_[i] - begin};
}

void packed_texts::set(std::size_t i, std::string_view text)
{
    text = text.substr(0, text_bytes);
    const std::string_view old = get(i);
    if (old == text) return;
    const std::size_t before = i == 0 ? 0 : ends_[i - 1];
    const std::size_t after = ends_[count - 1] - ends_[i];
    std::unique_ptr<char[]> bytes(new char[before + text.size() + after]);
    if (bytes_) {
        std::memcpy(bytes.get(), bytes_.get(), before);
        std::memcpy(bytes.get() + before + text.size(), bytes_.get() + ends_[i], after);
    }
    text.copy(bytes.get() + before, text.size());
    const std::size_t shrunk = old.size();
    for (std::size_t k = i; k < count; ++k)
        ends_[k] = static_cast<std::uint16_t>(ends_[k] - shrunk + text.size());
    bytes_ = std::move(bytes);
}

void record::informed(const soap::inform& inform, base::instant now)
{
    if (informs == 0) first_inform = now;
    last_inform = now;
    ++informs;
    for (const auto& listed : inform.events) {
        const auto code = base::parse_event(listed.code);
        if (!code) continue;
        events |= std::uint32_t{1} << static_cast<unsigned>(*code);
        boots += *code == base::event::boot;
        if (*code != base::event::bootstrap) continue;
        ++bootstraps;
        has_login = false; // a factory reset or a new ACS URL made it forget
    }

    const std::string_view root = cwmp::root_of(inform);
    for (const auto& p : inform.parameters) {
        if (!p.name.starts_with(root)) continue;
        const std::string_view name = std::string_view(p.name).substr(root.size());
        if (name == "ManagementServer.ConnectionRequestURL")
            texts_.set(1, p.value);
        else if (name == "DeviceInfo.SoftwareVersion")
            texts_.set(2, p.value);
        else if (name == "ManagementServer.ParameterKey")
            texts_.set(3, p.value);
    }
}

registry::registry(const sip_key& key)
    : key_(key)
    , numbers_(0, hash{this}, equal{this})
{
}

std::uint32_t registry::find_or_add(std::string_view id)
{
    if (const auto known = numbers_.find(id); known != numbers_.end()) return *known;
    if (records_.size() == base::limits::devices) return none;
    const auto number = static_cast<std::uint32_t>(records_.size());
    records_.emplace_back(id);
    numbers_.insert(number);
    return number;
}

const record* registry::find(std::string_view id) const
{
    const auto known = numbers_.find(id);
    return known == numbers_.end() ? nullptr : &records_[*known];
}

std::size_t registry::hash::operator()(std::string_view id) const noexcept
{
    return siphash(self->key_, id);
}

std::size_t registry::hash::operator()(std::uint32_t number) const noexcept
{
    return siphash(self->key_, self->records_[number].id());
}

} // namespace cpestorm::acs
