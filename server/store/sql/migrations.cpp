#include "server/store/sql/migrations.hpp"

#include <map>
#include <string>

#include "crypto/hash.hpp"

namespace store::sql {
namespace {

struct migration {
    std::int64_t number;
    std::string_view sql;
    std::string hash;
};

std::map<std::int64_t, migration> numbered(std::span<const migration_file> files) {
    std::map<std::int64_t, migration> out;
    for (const auto& file : files) {
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
        const auto next = ours.upper_bound(last);
        last = applied->integer(0);
        auto at = ours.find(last);
        if (at == ours.end()) return std::unexpected(errc::newer_schema);
        if (at != next) return std::unexpected(errc::changed_migration);  // one before it is missing
        if (at->second.hash != applied->text(1)) return std::unexpected(errc::changed_migration);
    }
}

std::expected<void, errc> apply(connection& db, const migration& m, const char* begin) {
    if (auto ok = db.script(begin); !ok) return ok;
    auto done = db.script(std::string(m.sql));
    if (done) {
        auto noted = db.run("INSERT INTO migraties VALUES ($1, $2)", m.number, m.hash);
        if (!noted) done = std::unexpected(noted.error());
    }
    if (done) done = db.script("COMMIT");
    if (!done && db.in_transaction()) (void)db.script("ROLLBACK");
    return done;
}

}  // namespace

std::expected<void, errc> check_version(connection& db, std::span<const migration_file> files) {
    auto ours = numbered(files);
    auto last = check_applied(db, ours);
    if (!last) return std::unexpected(last.error());
    if (*last < ours.rbegin()->first) return std::unexpected(errc::older_schema);
    return {};
}

std::expected<int, errc> migrate(connection& db, const migrations& carried) {
    if (auto made = db.script(carried.table); !made) return std::unexpected(made.error());
    auto ours = numbered(carried.files);
    auto last = check_applied(db, ours);
    if (!last) return std::unexpected(last.error());
    int count = 0;
    for (auto at = ours.upper_bound(*last); at != ours.end(); ++at, ++count)
        if (auto ok = apply(db, at->second, carried.begin); !ok) return std::unexpected(ok.error());
    return count;
}

}  // namespace store::sql
