// What officers say of a report, and what follows from it: that its first desk opened it, that its fallback
// gets its key, that no desk can open it. Inside a transaction of the journal.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

[[nodiscard]] std::expected<added_sighting, errc> add_sighting(connection& db, const sighting& what,
                                                               const trail_write& trail);

// The same without a word of anybody's program: a member of the first desk did what one only does with a
// report that was opened. row: of the report.
[[nodiscard]] std::expected<void, errc> opened_by_doing(connection& db, std::int64_t row,
                                                        const report_change& change);
// What was said of an old key says nothing of the new one.
[[nodiscard]] std::expected<void, errc> sealed_anew_for(connection& db, const crypto::uuid& report,
                                                        const std::string& desk);

// To the end of the list of every desk that has it, behind every cursor; the desks.
[[nodiscard]] std::expected<std::vector<std::string>, errc> come_again(connection& db, std::int64_t row);

}  // namespace store::sql
