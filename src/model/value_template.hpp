#pragma once

// A default value that may name what only the device knows: "http://{ip}:{port}/{serial}". Compiled
// once per schema; computed per device when read, never stored.

#include "base/error.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::model {

// What a default value can take from the device.
enum class token : std::uint8_t {
    index,                  // {index}, {index:09} zero-padded decimal device index
    serial,                 // {serial}
    manufacturer,           // {manufacturer}
    oui,                    // {oui}
    product_class,          // {product_class}
    mac,                    // {mac} "00:D0:9E:00:01:2C"; {mac:K} the K-th address of the device
    hash,                   // {hash:N} N lower-case hex digits that depend on seed and device
    wan_ip,                 // {wan_ip} address other hosts see
    acs_url,                // {acs_url}
    acs_username,           // {acs_username}
    acs_password,           // {acs_password}
    connection_request_url, // {connection_request_url}
    connection_request_username, // {connection_request_username}
    connection_request_password, // {connection_request_password}
    periodic_inform_interval,    // {periodic_inform_interval} seconds, from the run's plan
    uptime,                      // {uptime} seconds since the device's last boot
    current_time,                // {current_time} xsd:dateTime, UTC
};

// Gives the text of a token. Implemented by `device`, which knows index, seed and clock.
class value_source {
public:
    // Appends the value of `t`; `arg` is the number after the colon, 0 if there is none.
    virtual void append(std::string& out, token t, unsigned arg) const = 0;

protected:
    ~value_source() = default;
};

class value_template {
public:
    value_template() = default;

    // Compiles `text`. "{{" and "}}" stand for braces; an unknown token is an error whose
    // diagnostic has only `what` set. Besides the tokens there are the instance numbers of the
    // parameter's path: {i} is the last one, {i1} the first, {i2} the second.
    [[nodiscard]] static base::checked<value_template> compile(std::string_view text);
    // A template that is the same text for every device, braces and all.
    [[nodiscard]] static value_template literal(std::string text);
    // The template text that means exactly `text`: braces doubled.
    [[nodiscard]] static std::string escape(std::string_view text);

    // Appends the value for one device; `instances` are the instance numbers of the path, first to
    // last (those that are missing read as nothing).
    void append(std::string& out, const value_source& source,
                std::span<const std::uint32_t> instances = {}) const;

    // The same template with the instance numbers filled in.
    [[nodiscard]] value_template for_instances(std::span<const std::uint32_t> instances) const;

    [[nodiscard]] bool uses(token t) const noexcept;
    [[nodiscard]] bool uses_instances() const noexcept;
    [[nodiscard]] std::size_t heap_bytes() const noexcept
    {
        return text_.capacity() + pieces_.capacity() * sizeof(piece);
    }

    // True if the value is the same for every device; then constant() is it.
    [[nodiscard]] bool is_constant() const noexcept { return pieces_.empty(); }
    [[nodiscard]] std::string_view constant() const noexcept { return text_; }

private:
    struct piece {
        std::uint32_t literal_end; // text_[previous end, literal_end) comes before the token
        token what;                // meaningless if `instance`
        std::uint8_t arg;          // instance: which number of the path, from 1; 0 the last one
        bool instance;             // an instance number, which the path gives and not the device
    };
    static base::checked<piece> compile_token(std::string_view name);

    std::string text_;          // all literal text, one piece after the other
    std::vector<piece> pieces_; // empty: constant
};

} // namespace cpestorm::model
