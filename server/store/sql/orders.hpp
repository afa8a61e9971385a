// Orders to destroy a report (protocol §11), for either engine: given, taken back, confirmed, or fallen due.
#pragma once

#include <vector>

#include "server/store/orders.hpp"
#include "server/store/sql/connection.hpp"

// Of a report m under an order: whether time alone destroys it. Somebody else than who ordered has opened it,
// nobody calls it urgent, and its reporter wrote nothing that no officer read.
#define UNREAD_MESSAGE \
    "EXISTS (SELECT 1 FROM berichten b WHERE b.melding = m.id AND b.soort = 2 AND NOT b.gelezen)"
#define OPENED_BY_ANOTHER                                                                                \
    "EXISTS (SELECT 1 FROM inzagen i JOIN opdrachten p ON p.melding = i.melding WHERE i.melding = m.id " \
    "AND i.loket = p.loket AND i.lid <> p.lid AND i.handeling IN ('geopend', 'status'))"
#define FALLS_DUE "(m.geopend AND NOT m.spoed AND NOT " UNREAD_MESSAGE " AND " OPENED_BY_ANOTHER ")"

namespace store::sql {

[[nodiscard]] std::expected<end_state, errc> read_end_state(connection& db, const std::string& desk,
                                                            const crypto::uuid& id);
[[nodiscard]] std::expected<std::vector<due_order>, errc> read_due_orders(connection& db, std::int32_t today);

// The rest inside a transaction of the journal.
[[nodiscard]] std::expected<placed_order, errc> place_order(connection& db, const new_order& order,
                                                            const trail_write& trail,
                                                            const line_elsewhere& elsewhere);
[[nodiscard]] std::expected<ended_report, errc> confirm(connection& db, const confirmation& by,
                                                        const trail_write& trail,
                                                        const line_elsewhere& elsewhere);
// Of the report in this row; its revision is the caller's. stale where there is none.
[[nodiscard]] std::expected<void, errc> take_back(connection& db, const crypto::uuid& id, std::int64_t row);
[[nodiscard]] std::expected<bool, errc> destroy(connection& db, const due_order& order, std::int32_t today,
                                                const std::function<std::string(const head& previous)>& line);
[[nodiscard]] std::expected<ended_report, errc> give_up_key(connection& db, const crypto::uuid& id,
                                                            std::int64_t revision, const trail_write& trail);
// Counts of days that are over.
[[nodiscard]] std::expected<void, errc> forget_order_days(connection& db, std::int32_t today);

}  // namespace store::sql
