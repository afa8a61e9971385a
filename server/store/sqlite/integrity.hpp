// What SQLite itself says of its file.
#pragma once

#include <expected>

#include "server/store/check.hpp"
#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

// At a start: the schema, and the documents of trust in force. The same time however much is stored. damaged,
// unavailable.
[[nodiscard]] std::expected<void, errc> glance(connection& db);
// The small tables; a fault is a finding.
[[nodiscard]] std::expected<void, errc> check_small(connection& db, survey& out);
// Every page of the file; each fault is a finding.
[[nodiscard]] std::expected<void, errc> check_integrity(connection& db, survey& out);

}  // namespace store::sqlite
