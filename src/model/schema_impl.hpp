#pragma once

// How a schema is laid out: private to schema.cpp and schema_build.cpp. A column per property, so
// that a search touches paths only.

#include "model/schema.hpp"

#include <string>
#include <vector>

namespace cpestorm::model {

struct schema::impl {
    struct flags {
        row_kind kind;
        bool writable;
        bool hidden;
        notify_rule notify;
        value_type type;
    };
    struct table {
        row_id instance_template = no_row;
        std::uint32_t max_instances = 0;
        std::uint32_t first = 0, count = 0; // slice of instance_rows
    };

    row_id concrete = 0;        // rows before this one are concrete, the rest are templates
    std::size_t parameters = 0; // concrete ones
    std::string pool;           // all paths, one after the other
    std::vector<std::uint32_t> path_start; // row -> offset in pool; one more at the end
    std::vector<flags> row_flags;
    std::vector<std::uint32_t>
        detail; // parameter: index into values; object: into tables or no_row
    std::vector<std::uint32_t> facet_index;
    std::vector<value_template> values;    // each text once
    std::vector<model::facets> facet_sets; // each set once; the first is empty
    std::vector<table> tables;
    std::vector<row_id> instance_rows;
    std::vector<std::pair<row_id, row_id>> counters; // NumberOfEntries row -> table row, sorted
    std::vector<row_id> forced;

    [[nodiscard]] std::string_view path(row_id r) const noexcept
    {
        return std::string_view(pool).substr(path_start[r], path_start[r + 1] - path_start[r]);
    }
    // The first row of [first, last) whose path is not below `path`.
    [[nodiscard]] row_id lower_bound(row_id first, row_id last,
                                     std::string_view path) const noexcept;
    // The rows of [first, last) whose path starts with `prefix`.
    [[nodiscard]] range starting_with(row_id first, row_id last,
                                      std::string_view prefix) const noexcept;
    [[nodiscard]] row_id find(row_id first, row_id last, std::string_view path) const noexcept;
};

} // namespace cpestorm::model
