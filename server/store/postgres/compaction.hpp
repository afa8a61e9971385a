// The nightly compaction (protocol §8): reports of past days leave the tables of the running day in random
// order, and those tables begin anew in files of their own.
#pragma once

#include <expected>

#include "server/store/postgres/connection.hpp"
#include "server/store/sql/engine.hpp"

namespace store::postgres {

[[nodiscard]] std::expected<sql::unsorted_rows, errc> unsorted(sql::connection& db, std::int32_t before);
// Inside the transaction of a batch. A row that is gone stays gone.
[[nodiscard]] std::expected<void, errc> place_report_anew(connection& db, std::int64_t row);
[[nodiscard]] std::expected<void, errc> place_message_anew(connection& db, std::int64_t row);
[[nodiscard]] std::expected<void, errc> place_attachment_anew(connection& db, std::int64_t row);
[[nodiscard]] std::expected<void, errc> place_chunk_anew(connection& db, std::int64_t row);
// In a transaction of its own, while no batch runs: what is left in the tables of the day is written into new
// files, and the old ones, with all that was ever in them, are unlinked. busy: too much is left, another
// night.
[[nodiscard]] std::expected<void, errc> begin_day_anew(connection& db);
// Writes the sealed keys into a new file where some were taken away or replaced since the last time.
[[nodiscard]] std::expected<void, errc> overwrite_remains(connection& db);

}  // namespace store::postgres
