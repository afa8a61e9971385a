#include "server/store/check.hpp"

#include "server/store/open.hpp"
#include "server/store/postgres/engine.hpp"
#include "server/store/sql/checks.hpp"
#include "server/store/sql/unfinished.hpp"
#include "server/store/sqlite/engine.hpp"
#include "server/store/sqlite/integrity.hpp"

namespace store {
namespace {

// Everything that both engines have.
std::expected<survey, errc> check_all(sql::connection& db, std::expected<void, errc> version, survey out,
                                      const check_hooks& hooks) {
    if (!version && version.error() == errc::damaged) {
        out.add("database", "", "The tables cannot be read: pages that say where they lie are damaged.");
        return out;
    }
    if (!version) {
        if (version.error() != errc::newer_schema && version.error() != errc::changed_migration &&
            version.error() != errc::older_schema)
            return std::unexpected(version.error());
        out.add("version", "", std::string(text(version.error())));
        return out;
    }
    auto mark = sql::read_unfinished(db);
    if (!mark && mark.error() != errc::damaged) return std::unexpected(mark.error());
    if (!mark) out.add("unreadable", "", "Whether a restore or copy was broken off cannot be read.");
    if (mark && *mark) {
        out.add("unfinished", "", std::string(text(errc::unfinished)));
        return out;
    }
    for (auto* step : {sql::check_documents, sql::check_wraps, sql::check_reports, sql::check_recipients,
                       sql::check_trails, sql::check_relations})
        if (auto ok = step(db, hooks, out); !ok) return std::unexpected(ok.error());
    out.complete = true;
    return out;
}

std::expected<survey, errc> check_file(const std::string& file, const check_hooks& hooks) {
    survey out;
    auto there = sqlite::engine::check_there(file);
    if (!there && there.error() != errc::damaged) return std::unexpected(there.error());
    auto db = sqlite::connection::open(file, sqlite::mode::read);
    if (!db && db.error() != errc::damaged) return std::unexpected(db.error());
    if (!db || !there) {
        out.add("database", "", "The file is no database any more, or its first page is damaged.");
        return out;
    }
    if (hooks.progress && !hooks.progress("the file", 0, 1)) return out;
    if (auto ok = sqlite::check_integrity(**db, out); !ok) return std::unexpected(ok.error());
    return check_all(**db, sqlite::engine::check_version(**db), std::move(out), hooks);
}

}  // namespace

std::expected<survey, errc> check(const std::string& where, const check_hooks& hooks) {
    if (!names_postgres(where)) return check_file(where, hooks);
    auto db = postgres::connection::open(where, postgres::use::check);
    if (!db) return std::unexpected(db.error());
    auto version = postgres::engine::check_version(**db);
    if (!version && version.error() == errc::unavailable && (*db)->usable())
        return std::unexpected(errc::no_tables);
    return check_all(**db, version, {}, hooks);
}

}  // namespace store
