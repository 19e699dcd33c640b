#pragma once

// JSON as users write it (profiles, scenarios, scripts): a small tree that remembers where each
// value stands, so that every complaint names file, line and column. The parser behind it stops
// at json.cpp.

#include "base/error.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cpestorm::base::json {

enum class kind : std::uint8_t { null, boolean, number, string, array, object };

class document;
struct tree; // what a document holds: json_tree.hpp

// A value inside a document; valid as long as its document lives and is not moved. Cheap to copy.
class value {
public:
    [[nodiscard]] kind type() const noexcept;
    [[nodiscard]] bool is(kind k) const noexcept { return type() == k; }

    // Typed access; the diagnostic names the place, what was expected and what is there.
    [[nodiscard]] checked<bool> as_bool() const;
    [[nodiscard]] checked<double> as_double() const;
    [[nodiscard]] checked<std::int64_t> as_int(std::int64_t min, std::int64_t max) const;
    [[nodiscard]] checked<std::string_view> as_string() const;

    // Array elements or object members, in file order. Precondition: array or object.
    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] value element(std::size_t i) const noexcept;
    [[nodiscard]] std::string_view key(std::size_t i) const noexcept; // of an object's i-th member

    // The member `name` of an object; empty if there is none or this is not an object.
    [[nodiscard]] std::optional<value> find(std::string_view name) const noexcept;

    // A diagnostic that points at this value, or at an object's i-th key.
    [[nodiscard]] diagnostic complain(std::string what) const;
    [[nodiscard]] diagnostic complain_key(std::size_t i, std::string what) const;

    // Fails unless this is an object whose keys are all in `known` ("$comment" and "$schema" are
    // always allowed): unknown key -> place and "did you mean".
    [[nodiscard]] checked<void> expect_keys(std::initializer_list<std::string_view> known) const;

private:
    friend class document;
    value(const document* d, std::uint32_t node) noexcept
        : document_(d)
        , node_(node)
    {
    }
    [[nodiscard]] std::string_view number_text() const noexcept;
    [[nodiscard]] diagnostic wrong_kind(kind expected) const;
    const document* document_;
    std::uint32_t node_;
};

// A parsed document. Duplicate keys, depth over limits::json_depth, invalid UTF-8 and trailing
// text are errors with line and column.
class document {
public:
    // `name` is the file name used in diagnostics.
    [[nodiscard]] static checked<document> parse(std::string name, std::string_view text);
    [[nodiscard]] static checked<document> load(const std::string& path, std::size_t limit);

    document(document&&) noexcept;
    document& operator=(document&&) noexcept;
    ~document();

    [[nodiscard]] value root() const noexcept;

private:
    friend class value;
    explicit document(std::unique_ptr<tree> p) noexcept;
    std::unique_ptr<tree> tree_;
};

} // namespace cpestorm::base::json
