// Opens the store, whichever engine is named.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "server/store/errc.hpp"
#include "server/store/limits.hpp"
#include "server/store/store.hpp"

namespace store {

// Of a file that is missing or empty: make it, or refuse (no_file, no_tables). Whoever serves refuses: a new
// database in the place of one that was lost, or whose disk is not mounted, would look like one without
// reports.
enum class absent : std::uint8_t { make, refuse };

// where: the path of an SQLite file, whose directory must exist; or
// `postgresql://…`, as libpq reads it. Migrated when it returns. cannot_open, newer_schema,
// changed_migration, damaged, in_use, unfinished; no_file, no_tables; of a database also what dial.hpp says,
// not_durable, not_utf8, not_allowed.
[[nodiscard]] std::expected<std::unique_ptr<store>, errc> open(const std::string& where, limits limits = {},
                                                               absent absent = absent::make);
// Whether it names a PostgreSQL database.
[[nodiscard]] bool names_postgres(const std::string& where);

// The same without what may be secret in it, for messages: a file, or "the PostgreSQL database NAME on HOST".
[[nodiscard]] std::string shown(const std::string& where);

}  // namespace store
