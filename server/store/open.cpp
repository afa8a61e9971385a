#include "server/store/open.hpp"

#include "server/store/postgres/engine.hpp"
#include "server/store/sql/store.hpp"
#include "server/store/sqlite/engine.hpp"

namespace store {

bool names_postgres(const std::string& where) {
    return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string shown(const std::string& where) {
    return names_postgres(where) ? "the PostgreSQL database" : where;
}

std::expected<std::unique_ptr<store>, errc> open(const std::string& where, limits limits) {
    if (names_postgres(where)) {
        auto database = postgres::engine::open(where);
        if (!database) return std::unexpected(database.error());
        return sql::over(std::move(*database), limits);
    }
    auto file = sqlite::engine::open(where, limits.log);
    if (!file) return std::unexpected(file.error());
    return sql::over(std::move(*file), limits);
}

}  // namespace store
