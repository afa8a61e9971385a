// Every write as a function over a connection inside a transaction of the journal: SQL and nothing else.
#pragma once

#include <expected>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

[[nodiscard]] std::expected<bool, errc> add_gids(connection& db, const gids_row& row);
[[nodiscard]] std::expected<added_document, errc> add_membership(connection& db, const membership_row& row,
                                                                 const trail_write& trail);
[[nodiscard]] std::expected<added_document, errc> add_epoch_key(connection& db, const epoch_key_row& row,
                                                                const trail_write& trail);
[[nodiscard]] std::expected<added_document, errc> add_stand(connection& db, const stand_row& row,
                                                            const trail_write& trail);
[[nodiscard]] std::expected<bool, errc> keep_nonce(connection& db, const crypto::block<16>& mark,
                                                   std::int64_t until, std::int64_t now);

}  // namespace store::sql
