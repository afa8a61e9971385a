#include "server/store/sqlite/migrations.hpp"

#include <map>

#include "crypto/hash.hpp"
#include "sqlite_migrations.hpp"

namespace store::sqlite {
namespace {

struct migration {
    std::int64_t number;
    std::string_view sql;
    std::string hash;
};

// "0001_first.sql" is number 1.
std::map<std::int64_t, migration> carried() {
    std::map<std::int64_t, migration> out;
    for (const auto& file : embedded::sqlite_migrations()) {
        std::int64_t number = std::stoll(std::string(file.name.substr(0, 4)));
        out.emplace(number, migration{number, file.text, crypto::hash_text(crypto::as_bytes(file.text))});
    }
    return out;
}

std::expected<std::int64_t, errc> check_applied(connection& db,
                                                const std::map<std::int64_t, migration>& ours) {
    std::int64_t last = 0;
    auto applied = db.query("SELECT nummer, hash FROM migraties ORDER BY nummer");
    if (!applied) return std::unexpected(applied.error());
    for (;;) {
        auto row = applied->next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return last;
        last = applied->integer(0);
        auto at = ours.find(last);
        if (at == ours.end()) return std::unexpected(errc::newer_schema);
        if (at->second.hash != applied->text(1)) return std::unexpected(errc::changed_migration);
    }
}

std::expected<void, errc> apply(connection& db, const migration& m) {
    if (auto ok = db.script("BEGIN IMMEDIATE"); !ok) return ok;
    auto done = db.script(std::string(m.sql));
    if (done) {
        auto noted = db.run("INSERT INTO migraties VALUES (?, ?)", m.number, m.hash);
        if (!noted) done = std::unexpected(noted.error());
    }
    if (done) done = db.script("COMMIT");
    if (!done && db.in_transaction()) (void)db.script("ROLLBACK");
    return done;
}

}  // namespace

std::expected<int, errc> migrate(connection& db) {
    auto made = db.script(
        "CREATE TABLE IF NOT EXISTS migraties (nummer INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT");
    if (!made) return std::unexpected(made.error());
    auto ours = carried();
    auto last = check_applied(db, ours);
    if (!last) return std::unexpected(last.error());
    int count = 0;
    for (auto at = ours.upper_bound(*last); at != ours.end(); ++at, ++count)
        if (auto ok = apply(db, at->second); !ok) return std::unexpected(ok.error());
    return count;
}

}  // namespace store::sqlite
