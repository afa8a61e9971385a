// A row judged by itself while it is carried: whether what it holds is what was stored, by the hash beside
// it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "server/store/sql/connection.hpp"
#include "server/store/sql/tables.hpp"

namespace store::sql {

// row: the carried columns, in their order. What is damaged, by ids: "a report's envelope: report ID";
// nothing where the row is whole, or its table has no hashes.
[[nodiscard]] std::optional<std::string> damage_in(const table& table, std::span<const value> row);

}  // namespace store::sql
