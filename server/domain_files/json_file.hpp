// A JSON file under schema/, and its faults in the manner of this room.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/protocol/faults.hpp"
#include "crypto/protocol/json_lines.hpp"
#include "server/domain_files/fault.hpp"

namespace guide {

struct json_file {
    std::string name;               // the path as it was opened
    protocol::json::object object;  // the one that it holds
    protocol::json_lines lines;

    // What is wrong at this pointer; the sentence has no full stop.
    [[nodiscard]] fault at(std::string_view pointer, std::string_view sentence) const;
};

// Else why not.
[[nodiscard]] std::expected<json_file, fault> read_json_file(const std::filesystem::path& file);

// By their pointers; no code, and no full stop.
[[nodiscard]] std::vector<fault> told(const json_file& file, const protocol::faults& found);

}  // namespace guide
