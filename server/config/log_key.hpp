// The log key (protocol §1): the server's own, which signs the daily heads of the trails and nothing else.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "crypto/keys.hpp"

namespace config {

// A file of one line, the seed in base64url, readable by its owner alone; why not otherwise, in a sentence.
[[nodiscard]] std::expected<crypto::sign_keys, std::string> read_log_key(const std::filesystem::path& file);

}  // namespace config
