// Numbered SQL files, embedded in the program, forward only. Each applied one is remembered by number and
// hash: a database made with others, or by a newer program, is refused with a sentence.
#pragma once

#include <expected>

#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

// Brings the database up to this program. newer_schema, changed_migration, unavailable; what was applied
// before a fault stays applied, what failed is rolled back whole. The number of migrations applied.
[[nodiscard]] std::expected<int, errc> migrate(connection& db);

}  // namespace store::sqlite
