// The end of reports: which are due, what is said about them, and how one is destroyed.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

// How long it is known which reports were destroyed.
inline constexpr std::int32_t destroyed_days = 400;

[[nodiscard]] std::expected<std::vector<ending_report>, errc> read_ending(connection& db,
                                                                          const std::string& status,
                                                                          std::int32_t since);
struct unread_query {
    std::int32_t day = 0, urgent = 0;  // those that came until then
    bool told = false;                 // also those about which it was noted
    std::size_t limit = 0;
};
[[nodiscard]] std::expected<std::vector<unread_report>, errc> read_unread(connection& db,
                                                                          const unread_query& query);

[[nodiscard]] std::expected<std::vector<unopenable_report>, errc> read_unopenable(connection& db,
                                                                                  std::int32_t since,
                                                                                  std::int32_t today);

// The rest inside a transaction of the journal.
[[nodiscard]] std::expected<int, errc> warn(connection& db, const std::vector<crypto::uuid>& ids,
                                            const std::string& kind, std::int32_t today);
[[nodiscard]] std::expected<bool, errc> destroy(connection& db, const destruction& how);
[[nodiscard]] std::expected<bool, errc> destroy(connection& db, const unopenable_destruction& how);
[[nodiscard]] std::expected<void, errc> expire(connection& db, std::int32_t today, const std::string& epoch,
                                               const expiry_line& line);

}  // namespace store::sql
