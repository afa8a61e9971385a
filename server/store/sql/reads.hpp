// Every read as a function over a connection: SQL and nothing else.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

[[nodiscard]] std::expected<report_page, errc> read_list(connection& db, const list_query& query);
[[nodiscard]] std::expected<stored_report, errc> read_report(connection& db, const std::string& desk,
                                                             const crypto::uuid& id);
[[nodiscard]] std::expected<std::optional<added_report>, errc> read_earlier(
    connection& db, const crypto::uuid& id, const crypto::block<32>& request_hash);
// Whether a report of this id was destroyed so short ago that it cannot come again.
[[nodiscard]] std::expected<bool, errc> was_destroyed(connection& db, const crypto::uuid& id,
                                                      std::int32_t today);
[[nodiscard]] std::expected<trust_rows, errc> read_trust(connection& db);
[[nodiscard]] std::expected<std::int64_t, errc> read_generation(connection& db);
[[nodiscard]] std::expected<std::string, errc> read_gids(connection& db, std::int64_t version);
[[nodiscard]] std::expected<std::string, errc> read_stand(connection& db, const std::string& desk,
                                                          std::int64_t version);
// A wrap whose bytes are not those that were stored opens nothing and is left out: the others open their
// weeks.
struct found_wraps {
    std::vector<wrap_row> rows;
    int damaged = 0;
};
[[nodiscard]] std::expected<found_wraps, errc> read_wraps(connection& db, const std::string& desk,
                                                          const std::string& lid);
[[nodiscard]] std::expected<std::vector<std::pair<crypto::block<16>, std::int64_t>>, errc> read_nonces(
    connection& db);

}  // namespace store::sql
