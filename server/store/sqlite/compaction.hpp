// The nightly compaction of one file (protocol §8): a row of a past day gets a new place, so that the places
// no longer tell the order of arrival. What the old place held secure_delete overwrites, and the log that
// still holds it is cut to nothing.
#pragma once

#include <expected>
#include <string>

#include "server/store/sql/engine.hpp"
#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

[[nodiscard]] std::expected<sql::unsorted_rows, errc> unsorted(sql::connection& db, std::int32_t before);
// Inside the transaction of a batch. A row that is gone stays gone.
[[nodiscard]] std::expected<void, errc> place_report_anew(connection& db, std::int64_t row);
[[nodiscard]] std::expected<void, errc> place_message_anew(connection& db, std::int64_t row);
[[nodiscard]] std::expected<void, errc> place_attachment_anew(connection& db, std::int64_t row);
[[nodiscard]] std::expected<void, errc> place_chunk_anew(connection& db, std::int64_t row);
// Beside whoever writes: all of the log into the database, and the log cut. busy: a reader stays.
[[nodiscard]] std::expected<void, errc> wipe_log(const std::string& file);

}  // namespace store::sqlite
