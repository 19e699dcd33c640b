#pragma once

// Reads the members of a step of a script: private to script_parse.cpp.

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/value_type.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cpestorm::acs {

// Reads one JSON object and remembers the first thing that is wrong with it. Reading goes on
// harmlessly after that, so that only the end needs a check: ask failed().
class script_reader {
public:
    // `may_use_instance`: an AddObject comes before, so that "{instance}" stands for something.
    script_reader(const base::json::value& object, bool may_use_instance)
        : object_(object)
        , may_use_instance_(may_use_instance)
    {
    }

    void allow_only(std::initializer_list<std::string_view> keys);

    // A text of at most `max` characters.
    [[nodiscard]] std::string text(std::string_view key, std::size_t max);
    [[nodiscard]] std::string optional_text(std::string_view key, std::size_t max);
    [[nodiscard]] bool optional_flag(std::string_view key);
    // 0 if it is not there.
    [[nodiscard]] std::uint32_t optional_number(std::string_view key, std::uint32_t min,
                                                std::uint32_t max);
    [[nodiscard]] std::uint32_t number(std::string_view key, std::uint32_t min, std::uint32_t max);
    // "string" if it is not there.
    [[nodiscard]] base::value_type optional_type(std::string_view key);
    // Texts that may hold placeholders: a path of the data model, at least one path, a value.
    [[nodiscard]] std::string path(std::string_view key);
    [[nodiscard]] std::vector<std::string> paths(std::string_view key);
    [[nodiscard]] std::string value(std::string_view key);

    // Calls read(path, script_reader&) for each member of the object under `key`, at least one.
    template <class Read>
    void each_path(std::string_view key, Read read)
    {
        for (auto& [path, object] : members(key)) {
            script_reader inner(object, may_use_instance_);
            read(std::move(path), inner);
            if (inner.failed()) fail(inner.failure());
        }
    }

    void fail(base::diagnostic d);
    [[nodiscard]] bool failed() const noexcept { return failure_.has_value(); }
    [[nodiscard]] const base::diagnostic& failure() const noexcept { return *failure_; }

private:
    using json_value = base::json::value;
    [[nodiscard]] std::optional<json_value> find(std::string_view key) const;
    [[nodiscard]] std::optional<json_value> require(std::string_view key);
    [[nodiscard]] std::string text_of(const json_value& v, std::size_t max);
    [[nodiscard]] std::string filled_text_of(const json_value& v, std::size_t max);
    [[nodiscard]] std::uint32_t number_of(const json_value& v, std::uint32_t min,
                                          std::uint32_t max);
    [[nodiscard]] std::string flaw_of_placeholders(std::string_view text) const;
    [[nodiscard]] std::vector<std::pair<std::string, json_value>> members(std::string_view key);

    json_value object_;
    bool may_use_instance_;
    std::optional<base::diagnostic> failure_;
};

} // namespace cpestorm::acs
