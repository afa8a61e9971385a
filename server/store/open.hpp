// Opens the store, whichever engine is named.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "server/store/errc.hpp"
#include "server/store/limits.hpp"
#include "server/store/store.hpp"

namespace store {

// where: the path of an SQLite file, whose directory must exist; or
// `postgresql://…`, as libpq reads it. Migrated when it returns. cannot_open, newer_schema,
// changed_migration, damaged, unsafe, not_durable, not_utf8, not_allowed, in_use, unfinished.
[[nodiscard]] std::expected<std::unique_ptr<store>, errc> open(const std::string& where, limits limits = {});
// Whether it names a PostgreSQL database.
[[nodiscard]] bool names_postgres(const std::string& where);

// The same without what may be secret in it, for messages.
[[nodiscard]] std::string shown(const std::string& where);

}  // namespace store
