#include "device/cpe.hpp"

#include <cassert>
#include <utility>

// Who a device is towards others, now: computed values unless the ACS wrote different ones.

namespace cpestorm::device {

using model::token;

cpe::cpe(const context& c, state& s, std::uint32_t index, fleet_time now,
         base::wall_time wall) noexcept
    : context_(c)
    , state_(s)
    , index_(index)
    , now_(now)
    , wall_(wall)
{
    assert(c.profile && c.profile->schema);
}

model::tree cpe::tree() const noexcept
{
    return {*context_.profile->schema, state_.overlay, *this};
}

std::optional<std::string> cpe::overridden(model::row_id row) const
{
    if (row == model::no_row || state_.overlay.empty()) return {};
    std::string standard;
    context_.profile->schema->value(row).append(standard, *this);
    std::string value = tree().get({row, 0}, true);
    if (value == standard) return {};
    return value;
}

void cpe::fill(soap::device_id& id) const
{
    const model::identity_template& identity = context_.profile->identity;
    id.manufacturer = identity.manufacturer;
    id.oui = identity.oui;
    id.product_class = identity.product_class;
    id.serial_number.clear();
    append(id.serial_number, token::serial, 0);
}

soap::device_id cpe::device_id() const
{
    soap::device_id id;
    fill(id);
    return id;
}

std::string cpe::serial_number() const
{
    std::string text;
    append(text, token::serial, 0);
    return text;
}

std::string cpe::current(model::row_id row, token standard) const
{
    if (auto value = overridden(row)) return *std::move(value);
    std::string text;
    append(text, standard, 0);
    return text;
}

cwmp::credentials cpe::acs_login() const
{
    return {current(context_.known.username, token::acs_username),
            current(context_.known.password, token::acs_password)};
}

cwmp::credentials cpe::connection_request_login() const
{
    const known_rows& rows = context_.known;
    return {current(rows.connection_request_username, token::connection_request_username),
            current(rows.connection_request_password, token::connection_request_password)};
}

std::string cpe::acs_url() const
{
    return current(context_.known.url, token::acs_url);
}

} // namespace cpestorm::device
