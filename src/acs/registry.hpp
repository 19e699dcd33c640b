#pragma once

// What the embedded ACS remembers of each device: made for millions, so texts share one block of
// memory per device.

#include "acs/siphash.hpp"
#include "base/cwmp_names.hpp"
#include "base/time.hpp"
#include "soap/rpc.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace cpestorm::acs {

// Appends "OUI-ProductClass-SerialNumber"; in each part, every byte but letters, digits and "_" is
// percent-encoded, so that different devices have different ids.
void append_id(std::string& out, const soap::device_id& device);

// Four texts in one allocation.
class packed_texts {
public:
    static constexpr std::size_t count = 4;
    [[nodiscard]] std::string_view get(std::size_t i) const noexcept;
    // Does nothing if that text is there already; cuts texts longer than 4,096 bytes.
    void set(std::size_t i, std::string_view text);

private:
    std::array<std::uint16_t, count> ends_{}; // text i is [ends_[i - 1], ends_[i])
    std::unique_ptr<char[]> bytes_;
};

// One device. Texts live until the device's next Inform.
class record {
public:
    explicit record(std::string_view id) { texts_.set(0, id); }

    [[nodiscard]] std::string_view id() const noexcept { return texts_.get(0); }
    [[nodiscard]] std::string_view connection_request_url() const noexcept { return texts_.get(1); }
    [[nodiscard]] std::string_view software_version() const noexcept { return texts_.get(2); }
    [[nodiscard]] std::string_view parameter_key() const noexcept { return texts_.get(3); }

    // Takes in what an Inform says.
    void informed(const soap::inform& inform, base::instant now);

    base::instant first_inform{};
    base::instant last_inform{};
    std::uint32_t informs = 0;
    std::uint32_t boots = 0;      // Informs with "1 BOOT"
    std::uint32_t bootstraps = 0; // Informs with "0 BOOTSTRAP"
    std::uint32_t events = 0;     // bit per base::event ever reported
    std::uint32_t faults = 0;     // in answers to requests
    bool has_login = false;       // was given its connection request login since its bootstrap

private:
    packed_texts texts_;
};

// All devices, numbered in the order of their first Inform. Never forgets one.
class registry {
public:
    // `key`: unpredictable, so that no peer can choose ids that collide.
    explicit registry(const sip_key& key);
    registry(const registry&) = delete;
    registry& operator=(const registry&) = delete;

    static constexpr std::uint32_t none = ~std::uint32_t{0};

    // The number of the device; makes a record if there is none. `none` if limits::devices exist.
    [[nodiscard]] std::uint32_t find_or_add(std::string_view id);
    [[nodiscard]] const record* find(std::string_view id) const;

    [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }
    [[nodiscard]] const record& operator[](std::size_t number) const { return records_[number]; }
    [[nodiscard]] record& operator[](std::size_t number) { return records_[number]; }
    [[nodiscard]] auto begin() const noexcept { return records_.begin(); }
    [[nodiscard]] auto end() const noexcept { return records_.end(); }

private:
    struct hash {
        using is_transparent = void;
        const registry* self;
        std::size_t operator()(std::string_view id) const noexcept;
        std::size_t operator()(std::uint32_t number) const noexcept;
    };
    struct equal {
        using is_transparent = void;
        const registry* self;
        [[nodiscard]] std::string_view id(std::uint32_t n) const { return self->records_[n].id(); }
        bool operator()(std::uint32_t a, std::uint32_t b) const noexcept { return a == b; }
        bool operator()(std::string_view a, std::uint32_t b) const { return a == id(b); }
        bool operator()(std::uint32_t a, std::string_view b) const { return id(a) == b; }
    };
    sip_key key_;
    std::deque<record> records_;
    boost::unordered_flat_set<std::uint32_t, hash, equal> numbers_;
};

} // namespace cpestorm::acs
