// The end of a report, by whatever ends it: what is taken away, and the little that is left.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

// What is to be destroyed, as long as it may be.
struct doomed {
    std::int64_t row = 0;
    std::int32_t day = 0;
    std::string status;  // before it was ordered to be destroyed, where it was
    std::vector<std::string> desks;
    std::string first;  // of them
};
// The report of a query for its row, day and status; nothing where that finds none.
[[nodiscard]] std::expected<std::optional<doomed>, errc> found(connection& db,
                                                               std::expected<rows, errc> asked);

// The rest inside a transaction of the journal.
//
// What is left: nothing that leads to it but its id. And the lines in the trails, which are their writers'.
[[nodiscard]] std::expected<void, errc> leave_behind(connection& db, const crypto::uuid& id,
                                                     std::int32_t today, const doomed& gone);
// A report with all that belongs to it, and nothing said about it; false where it is not there.
[[nodiscard]] std::expected<bool, errc> take_away(connection& db, const crypto::uuid& id);
// Both, by the clock: each desk that had it finds the same line. False where nothing was found.
[[nodiscard]] std::expected<bool, errc> end(connection& db, const crypto::uuid& id, std::int32_t today,
                                            std::expected<std::optional<doomed>, errc> gone,
                                            const std::function<std::string(const head& previous)>& line);
// Sealed keys or secrets went: the night overwrites where they lay.
[[nodiscard]] std::expected<void, errc> leave_remains(connection& db);

}  // namespace store::sql
