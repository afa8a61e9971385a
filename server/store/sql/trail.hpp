// The trails of desks: lines appended inside the transaction of what they record, and their daily heads.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

// Inside a transaction that writes.
[[nodiscard]] std::expected<head, errc> append(connection& db, const trail_write& trail);
[[nodiscard]] std::expected<void, errc> add_daily_head(connection& db, const daily_head_row& row);

[[nodiscard]] std::expected<head, errc> read_head(connection& db, const std::string& desk);
[[nodiscard]] std::expected<std::vector<std::string>, errc> read_trail(connection& db,
                                                                       const std::string& desk,
                                                                       std::int64_t after, std::size_t limit);
[[nodiscard]] std::expected<std::vector<std::string>, errc> read_daily_heads(connection& db,
                                                                             const std::string& desk,
                                                                             std::int64_t after);
[[nodiscard]] std::expected<std::vector<std::pair<std::string, std::int64_t>>, errc> read_without_head(
    connection& db, std::int32_t day);

}  // namespace store::sql
