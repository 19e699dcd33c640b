#pragma once

// What one device changed against its schema: values, attributes, instances added and deleted.
// Eight bytes and no allocation while nothing is changed.

#include "model/schema.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace cpestorm::model {

namespace detail {
struct overlay_block;
struct overlay_rest;
struct overlay_delete {
    void operator()(overlay_block* p) const noexcept;
};
} // namespace detail

class overlay {
public:
    [[nodiscard]] bool empty() const noexcept { return block_ == nullptr; }
    // Back to the schema's defaults (FactoryReset).
    void clear() noexcept { block_.reset(); }
    // Heap bytes held.
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    friend class tree;
    std::unique_ptr<detail::overlay_block, detail::overlay_delete> block_;
};
static_assert(sizeof(overlay) == sizeof(void*));

} // namespace cpestorm::model
