#include "server/store/sqlite/integrity.hpp"

#include <fmt/format.h>

#include "server/store/sql/reads.hpp"

namespace store::sqlite {

std::expected<void, errc> glance(connection& db) {
    // By reading: a check of SQLite's own cannot tell a disk that fails now from a page that is damaged.
    auto read = sql::read_trust(db);
    if (!read) return std::unexpected(read.error());
    return {};
}

std::expected<void, errc> check_small(connection& db, survey& out) {
    bool sound = true;
    for (const char* look :
         {"PRAGMA quick_check('migraties')", "PRAGMA quick_check('tellers')", "PRAGMA quick_check('gids')",
          "PRAGMA quick_check('standen')", "PRAGMA quick_check('leden')", "PRAGMA quick_check('sleutels')",
          "PRAGMA quick_check('wraps')", "PRAGMA quick_check('nonces')"}) {
        auto done =
            sql::each(db.query(look), [&](const sql::rows& r) { sound = sound && r.text(0) == "ok"; });
        if (!done && done.error() != errc::damaged) return done;
        sound = sound && done;
    }
    if (!sound) out.add("database", "", "SQLite finds a small table damaged.");
    return {};
}

std::expected<void, errc> check_integrity(connection& db, survey& out) {
    auto done = sql::each(db.query("PRAGMA integrity_check"), [&](const sql::rows& r) {
        if (r.text(0) != "ok") out.add("database", "", fmt::format("SQLite says: {}", r.text(0)));
    });
    if (done || done.error() != errc::damaged) return done;
    out.add("database", "", "SQLite cannot walk through the file to its end.");
    return {};
}

}  // namespace store::sqlite
