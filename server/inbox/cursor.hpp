// The opaque cursor of a desk's list: a version and the place of the last row given. Delivery is at
// least once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace inbox {

// 12 characters of [A-Za-z0-9_-].
[[nodiscard]] std::string write_cursor(std::int64_t place);
// Nothing unless it is one that write_cursor made.
[[nodiscard]] std::optional<std::int64_t> read_cursor(std::string_view text);

}  // namespace inbox
