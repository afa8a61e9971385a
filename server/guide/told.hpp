// A JSON file under schema/, and its faults in the manner of this room.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/protocol/faults.hpp"
#include "server/guide/fault.hpp"

namespace guide {

// By their pointers; no code, and no full stop.
[[nodiscard]] std::vector<fault> told(const std::string& file, const protocol::faults& found);

// The one object that a file under schema/ holds; else why not.
[[nodiscard]] std::expected<protocol::json::object, fault> read_object(const std::filesystem::path& file);

}  // namespace guide
