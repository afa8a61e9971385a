// Attachments in chunks: taken piece by piece, claimed by a report, read piece by piece, and swept away where
// nobody claimed them.
#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

[[nodiscard]] std::expected<attachment, errc> read_attachment(connection& db, const crypto::uuid& id);
[[nodiscard]] std::expected<std::vector<attachment>, errc> read_attachments(connection& db,
                                                                            const crypto::uuid& report);
[[nodiscard]] std::expected<chunk, errc> read_chunk(connection& db, const crypto::uuid& id, std::int64_t at);

// The rest inside a transaction of the journal.
[[nodiscard]] std::expected<attachment, errc> begin_attachment(connection& db, const crypto::uuid& id,
                                                               std::int64_t total);
[[nodiscard]] std::expected<attachment, errc> add_chunk(connection& db, const crypto::uuid& id,
                                                        const chunk& piece);
// Each must be whole and claimed by nobody: attachment_missing.
[[nodiscard]] std::expected<void, errc> claim(connection& db, const std::vector<crypto::uuid>& ids,
                                              const crypto::uuid& report, std::int32_t day);
[[nodiscard]] std::expected<void, errc> remove_attachments(connection& db, const crypto::uuid& report);
[[nodiscard]] std::expected<std::int64_t, errc> sweep(connection& db, std::int64_t round);

}  // namespace store::sql
