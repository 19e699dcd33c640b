#include "device/cpe.hpp"

#include "base/rng.hpp"
#include "base/text.hpp"
#include "device/date_time.hpp"

#include <array>

// The values of a device that are computed from its index and never stored.

namespace cpestorm::device {

using model::token;

namespace {

// What a draw is for, so that no two uses of a device's random digits are alike.
namespace purpose {
constexpr std::uint32_t hash_token = 1;
constexpr std::uint32_t connection_request_path = 2;
constexpr std::uint32_t connection_request_password = 3;
} // namespace purpose

constexpr std::string_view lower_hex = "0123456789abcdef";
constexpr std::string_view upper_hex = "0123456789ABCDEF";

void append_padded(std::string& out, std::uint64_t n, std::size_t width)
{
    const std::size_t start = out.size();
    base::append_number(out, n);
    const std::size_t length = out.size() - start;
    if (length < width) out.insert(start, width - length, '0');
}

unsigned hex_digit(char c) noexcept
{
    const std::size_t at = upper_hex.find(c);
    return at == std::string_view::npos ? 0 : static_cast<unsigned>(at);
}

// Address `k` of device `index`: the OUI, then 24 bits of the index. The addresses after the first
// have the locally-administered bit and a third byte that differs, so all are distinct.
void append_mac(std::string& out, std::string_view oui, std::uint32_t index, unsigned k)
{
    std::array<unsigned, 6> bytes{};
    for (std::size_t i = 0; i < 3 && 2 * i + 1 < oui.size(); ++i)
        bytes[i] = hex_digit(oui[2 * i]) * 16 + hex_digit(oui[2 * i + 1]);
    if (k != 0) bytes[0] |= 2u;
    bytes[2] ^= k & 0xFFu;
    for (unsigned i = 0; i < 3; ++i)
        bytes[3 + i] = (index >> (16 - 8 * i)) & 0xFFu;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i != 0) out += ':';
        out += upper_hex[bytes[i] >> 4];
        out += upper_hex[bytes[i] & 15u];
    }
}

} // namespace

// The tokens that templates of the identity itself may use: a serial number cannot contain the
// serial number, nor a user name the user name. Such tokens give nothing.
class cpe::limited_source final : public model::value_source {
public:
    limited_source(const cpe& d, bool with_serial) noexcept
        : device_(d)
        , with_serial_(with_serial)
    {
    }
    void append(std::string& out, token t, unsigned arg) const override
    {
        if (t == token::serial && with_serial_)
            device_.append(out, t, arg);
        else
            device_.append_identity(out, t, arg);
    }

private:
    const cpe& device_;
    bool with_serial_;
};

// Digits 0-9a-f that depend on seed, device and purpose.
void cpe::append_hash(std::string& out, std::uint32_t what, unsigned digits) const
{
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < digits; ++i) {
        if (i % 16 == 0)
            bits = base::draw(context_.seed, index_, (std::uint64_t{what} << 32) + i / 16);
        out += lower_hex[bits & 15u];
        bits >>= 4;
    }
}

// Appends the tokens that depend on profile, seed and index alone; false for all others.
bool cpe::append_identity(std::string& out, token t, unsigned arg) const
{
    const model::identity_template& identity = context_.profile->identity;
    switch (t) {
    case token::index:
        append_padded(out, index_, arg);
        return true;
    case token::manufacturer:
        out += identity.manufacturer;
        return true;
    case token::oui:
        out += identity.oui;
        return true;
    case token::product_class:
        out += identity.product_class;
        return true;
    case token::mac:
        append_mac(out, identity.oui, index_, arg);
        return true;
    case token::hash:
        append_hash(out, purpose::hash_token, arg);
        return true;
    default:
        return false;
    }
}

void cpe::append(std::string& out, token t, unsigned arg) const
{
    if (append_identity(out, t, arg)) return;
    const bool reachable = context_.endpoints.mode != endpoint_mode::none;
    switch (t) {
    case token::serial:
        return context_.profile->identity.serial.append(out, limited_source(*this, false));
    case token::wan_ip:
        if (reachable) return append_address(out, context_.endpoints.of(index_).address);
        return append_address(out, 0x0A000000u + ((index_ + 1) & 0x00FFFFFFu));
    case token::acs_url:
        out += context_.acs_url;
        return;
    case token::acs_username:
        return context_.acs_username.append(out, limited_source(*this, true));
    case token::acs_password:
        return context_.acs_password.append(out, limited_source(*this, true));
    case token::connection_request_url: {
        if (!reachable) return;
        const endpoint e = context_.endpoints.of(index_);
        out += "http://";
        append_address(out, e.address);
        out += ':';
        base::append_number(out, e.port);
        out += '/';
        return append_hash(out, purpose::connection_request_path, 16);
    }
    case token::connection_request_username:
        out += context_.profile->identity.oui;
        out += '-';
        return append(out, token::serial, 0);
    case token::connection_request_password:
        return append_hash(out, purpose::connection_request_password, 16);
    case token::periodic_inform_interval:
        return base::append_number(
            out, static_cast<std::uint64_t>(
                     std::chrono::ceil<std::chrono::seconds>(context_.periodic_interval).count()));
    case token::uptime:
        return base::append_number(out, (now_ - state_.booted) / 1000);
    case token::current_time:
        return append_date_time(out, wall_);
    default:
        return; // append_identity knows the others
    }
}

std::string cpe::connection_request_path() const
{
    std::string path = "/";
    append_hash(path, purpose::connection_request_path, 16);
    return path;
}

} // namespace cpestorm::device
