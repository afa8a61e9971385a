// Numbered SQL files, embedded in the program, forward only. Each applied one is remembered by number and
// hash: a database made with others, or by a newer program, is refused with a sentence.
#pragma once

#include <expected>
#include <span>
#include <string_view>

#include "server/store/sql/connection.hpp"

namespace store::sql {

struct migration_file {
    std::string_view name, text;  // "0001_first.sql" is number 1
};
// Of one engine.
struct migrations {
    const char* table;  // makes that which remembers them, where it is missing
    const char* begin;  // a transaction that writes
    std::span<const migration_file> files;
};

// Brings the database up to this program. newer_schema, changed_migration, unavailable; what was applied
// before a fault stays applied, what failed is rolled back whole. The number of migrations applied.
[[nodiscard]] std::expected<int, errc> migrate(connection& db, const migrations& carried);

// Whether the database is exactly where this program would bring it. newer_schema, older_schema,
// changed_migration.
[[nodiscard]] std::expected<void, errc> check_version(connection& db, std::span<const migration_file> files);

}  // namespace store::sql
