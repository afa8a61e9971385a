// What changes a report after it came: by an officer of its first desk, or by its deadline. Functions over a
// connection inside a transaction of the journal.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/store/rows.hpp"
#include "server/store/sql/connection.hpp"

namespace store::sql {

[[nodiscard]] std::expected<changed_report, errc> change(connection& db, const report_change& change,
                                                         const trail_write& trail);

[[nodiscard]] std::expected<std::vector<overdue_report>, errc> read_overdue(connection& db,
                                                                            std::int64_t hour);
// The desks in whose lists it comes again; nothing where it is not so any more.
[[nodiscard]] std::expected<std::optional<std::vector<std::string>>, errc> release(
    connection& db, const overdue_report& what, std::int64_t hour,
    const std::function<std::string(const head&)>& line);

}  // namespace store::sql
