// What a connection asks of the database besides our rows: the sequence of places, and locks of its session.
#include "server/store/postgres/connection.hpp"

namespace store::postgres {

// A sequence that was not called since it was set says the number that comes next.
std::expected<std::int64_t, errc> connection::last_place() {
    std::int64_t out = 0;
    auto done = sql::each(query("SELECT last_value, is_called FROM ontvangers_plaats"),
                          [&](const sql::rows& r) { out = r.boolean(1) ? r.integer(0) : r.integer(0) - 1; });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<void, errc> connection::set_last_place(std::int64_t place) {
    auto next = run("SELECT setval('ontvangers_plaats', $1::bigint + 1, false)", place);
    if (!next) return std::unexpected(next.error());
    return {};
}

// Without statistics it would read and sort the whole table for each page.
std::expected<void, errc> connection::walk_by_key() {
    return script(
        "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET jit = off");
}

std::expected<void, errc> connection::hold(const char* sql) {
    // Who ended a moment ago may have it still.
    auto held = script(std::string("BEGIN; SET LOCAL lock_timeout = '2s'; ") + sql + "; COMMIT");
    if (held) return {};
    if (usable() && in_transaction()) (void)script("ROLLBACK");
    return std::unexpected(held.error() == errc::busy ? errc::in_use : held.error());
}

}  // namespace store::postgres
