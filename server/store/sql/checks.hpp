// The checks that both engines share: every row read, in portions, each in a transaction of its own so that
// nobody waits for them. What cannot be read is a finding, and the rows beside it are read all the same.
#pragma once

#include <expected>

#include "server/store/check.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

// Each sealed body against its hash.
[[nodiscard]] std::expected<void, errc> check_reports(connection& db, const check_hooks& hooks, survey& out);
// Each sealed key against its hash.
[[nodiscard]] std::expected<void, errc> check_recipients(connection& db, const check_hooks& hooks,
                                                         survey& out);
// Each wrapped secret against its hash.
[[nodiscard]] std::expected<void, errc> check_wraps(connection& db, const check_hooks& hooks, survey& out);
// Each directory, standing, membership and epoch key against its hash; each directory as the hook judges it.
[[nodiscard]] std::expected<void, errc> check_documents(connection& db, const check_hooks& hooks,
                                                        survey& out);
// Each trail: no line missing, its hash, and that it follows the line before.
[[nodiscard]] std::expected<void, errc> check_trails(connection& db, const check_hooks& hooks, survey& out);
// What belongs together is there: reports and their recipients, the weeks they are sealed to and those weeks'
// wraps, wraps and their keys, heads and their lines, versions without a gap.
[[nodiscard]] std::expected<void, errc> check_relations(connection& db, const check_hooks& hooks,
                                                        survey& out);

}  // namespace store::sql
