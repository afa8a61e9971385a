#include "server/store/sql/unfinished.hpp"

namespace store::sql {
namespace {

std::expected<void, errc> done(std::expected<int, errc> ran) {
    if (!ran) return std::unexpected(ran.error());
    return {};
}

}  // namespace

std::expected<std::optional<unfinished>, errc> read_unfinished(connection& db) {
    std::optional<unfinished> out;
    auto read = each(db.query("SELECT werk, bron, stand FROM onvoltooid"), [&](const rows& r) {
        out = unfinished{std::string(r.text(0)), std::string(r.text(1)), std::string(r.text(2))};
    });
    if (!read) return std::unexpected(read.error());
    return out;
}

std::expected<void, errc> write_unfinished(connection& db, const unfinished& mark) {
    if (auto ok = remove_unfinished(db); !ok) return ok;
    return done(db.run("INSERT INTO onvoltooid (een, werk, bron, stand) VALUES (1, $1, $2, $3)", mark.work,
                       mark.from, mark.standing));
}

std::expected<void, errc> remove_unfinished(connection& db) { return done(db.run("DELETE FROM onvoltooid")); }

}  // namespace store::sql
