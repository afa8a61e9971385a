#include "server/store/open.hpp"

#include "server/store/postgres/dial.hpp"
#include "server/store/postgres/engine.hpp"
#include "server/store/sql/store.hpp"
#include "server/store/sql/unfinished.hpp"
#include "server/store/sqlite/engine.hpp"

namespace store {

bool names_postgres(const std::string& where) {
    return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string shown(const std::string& where) { return names_postgres(where) ? postgres::shown(where) : where; }

namespace {

// A database that is not complete serves nobody.
std::expected<std::unique_ptr<store>, errc> serve(std::unique_ptr<sql::engine> engine, limits limits) {
    auto db = engine->reader();
    if (!db) return std::unexpected(db.error());
    auto mark = sql::read_unfinished(**db);
    if (!mark) return std::unexpected(mark.error());
    if (*mark) return std::unexpected(errc::unfinished);
    return sql::over(std::move(engine), limits);
}

}  // namespace

std::expected<std::unique_ptr<store>, errc> open(const std::string& where, limits limits, absent absent) {
    if (names_postgres(where)) {
        auto database = postgres::engine::open(where);
        if (!database) return std::unexpected(database.error());
        return serve(std::move(*database), limits);
    }
    if (absent == absent::refuse)
        if (auto there = sqlite::engine::check_there(where); !there) return std::unexpected(there.error());
    auto file = sqlite::engine::open(where, limits.log);
    if (!file) return std::unexpected(file.error());
    return serve(std::move(*file), limits);
}

}  // namespace store
