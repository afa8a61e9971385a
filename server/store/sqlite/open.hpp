// Opens the embedded store: one SQLite file, migrated, with its journal and readers.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "server/store/sqlite/journal.hpp"
#include "server/store/store.hpp"

namespace store::sqlite {

// The directory must exist; whoever opens holds its lock. cannot_open, newer_schema, changed_migration,
// damaged.
[[nodiscard]] std::expected<std::unique_ptr<::store::store>, errc> open(const std::string& file,
                                                                        journal_limits limits = {});

}  // namespace store::sqlite
