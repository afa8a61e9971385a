#include "server/store/sql/trail.hpp"

#include "crypto/hash.hpp"

namespace store::sql {

std::expected<void, errc> add_daily_head(connection& db, const daily_head_row& row) {
    auto done = db.run(
        "INSERT INTO hoofden (loket, dag, regel, token) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        row.desk, row.day, row.line, row.token);
    if (!done) return std::unexpected(done.error());
    return {};
}

std::expected<head, errc> append(connection& db, const trail_write& trail) {
    auto last = read_head(db, trail.desk);
    if (!last) return std::unexpected(last.error());
    std::string bytes = trail.write(*last);
    head next{last->line + 1, crypto::hash_text(crypto::as_bytes(bytes))};
    auto done = db.run("INSERT INTO logboek (loket, regel, hash, bytes) VALUES ($1, $2, $3, $4)", trail.desk,
                       next.line, next.hash, bytes);
    if (!done) return std::unexpected(done.error());
    return next;
}

std::expected<head, errc> read_head(connection& db, const std::string& desk) {
    head out;
    auto done =
        each(db.query("SELECT regel, hash FROM logboek WHERE loket = $1 ORDER BY regel DESC LIMIT 1", desk),
             [&](const rows& r) { out = {r.integer(0), std::string(r.text(1))}; });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::vector<std::string>, errc> read_trail(connection& db, const std::string& desk,
                                                         std::int64_t after, std::size_t limit) {
    std::vector<std::string> out;
    auto done =
        each(db.query("SELECT bytes FROM logboek WHERE loket = $1 AND regel > $2 ORDER BY regel LIMIT $3",
                      desk, after, limit),
             [&](const rows& r) { out.emplace_back(r.text(0)); });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::vector<std::string>, errc> read_daily_heads(connection& db, const std::string& desk,
                                                               std::int64_t after) {
    std::vector<std::string> out;
    auto done =
        each(db.query("SELECT token FROM hoofden WHERE loket = $1 AND regel > $2 ORDER BY dag", desk, after),
             [&](const rows& r) { out.emplace_back(r.text(0)); });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::vector<std::pair<std::string, std::int64_t>>, errc> read_without_head(connection& db,
                                                                                         std::int32_t day) {
    std::vector<std::pair<std::string, std::int64_t>> out;
    // From one desk to the next along the key: a trail is long, and the desks are few.
    auto done = each(
        db.query(
            "WITH RECURSIVE loketten (loket) AS (SELECT min(loket) FROM logboek UNION ALL "
            "SELECT (SELECT min(b.loket) FROM logboek b WHERE b.loket > l.loket) FROM loketten l "
            "WHERE l.loket IS NOT NULL) SELECT l.loket, (SELECT coalesce(max(h.regel), 0) FROM hoofden h "
            "WHERE h.loket = l.loket) FROM loketten l WHERE l.loket IS NOT NULL AND NOT EXISTS "
            "(SELECT 1 FROM hoofden h WHERE h.loket = l.loket AND h.dag >= $1)",
            day),
        [&](const rows& r) { out.emplace_back(r.text(0), r.integer(1)); });
    if (!done) return std::unexpected(done.error());
    return out;
}

}  // namespace store::sql
