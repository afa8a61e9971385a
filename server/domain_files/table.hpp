// Tables as schema/ keeps them: UTF-8 without BOM, lines ending in LF (also the last), comment lines starting
// with '#', then one header line, then rows; columns split by one tab; "-" stands for an empty field, no
// field is empty and none holds a double quote.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/domain_files/fault.hpp"

namespace guide {

struct row {
    std::size_t line;                 // in the file, counted from 1
    std::vector<std::string> fields;  // as many as there are columns; "-" is already the empty string
};

// Reads a table whose header must name exactly `columns`. Every fault is added to `faults`; a row with
// one is left out, the rest is read on. Nothing where the file cannot be read, is not one of ours
// (header) or holds no row.
[[nodiscard]] std::optional<std::vector<row>> read_table(const std::filesystem::path& file,
                                                         std::span<const std::string_view> columns,
                                                         std::vector<fault>& faults);

// A field split by `separator`; an empty field has no parts.
[[nodiscard]] std::vector<std::string_view> split(std::string_view field, char separator);

}  // namespace guide
