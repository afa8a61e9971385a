// A file under schema/ as one text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace guide {

// Nothing where it is no regular file, or cannot be read to its end.
[[nodiscard]] std::optional<std::string> read_whole(const std::filesystem::path& file);

// Why it was nothing, as the sentence of a fault.
[[nodiscard]] std::string why_unread(const std::filesystem::path& file);

}  // namespace guide
