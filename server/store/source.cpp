#include <fmt/format.h>

#include "server/store/open.hpp"
#include "server/store/postgres/engine.hpp"
#include "server/store/sqlite/engine.hpp"
#include "server/store/whole.hpp"

namespace store {
namespace {

std::expected<std::unique_ptr<sql::connection>, errc> open_file(const std::string& file) {
    if (auto there = sqlite::engine::check_there(file); !there) return std::unexpected(there.error());
    auto db = sqlite::connection::open(file, sqlite::mode::read);
    if (!db) return std::unexpected(db.error());
    if (auto ok = sqlite::engine::check_version(**db); !ok) return std::unexpected(ok.error());
    return std::move(*db);
}

std::expected<std::unique_ptr<sql::connection>, errc> open_database(const std::string& where, beside beside) {
    auto db = postgres::connection::open(where, postgres::use::read);
    if (!db) return std::unexpected(db.error());
    if (beside == beside::nobody)
        if (auto ok = postgres::hold_alone(**db); !ok) return std::unexpected(ok.error());
    // A database that no program of ours made yet has no table of migrations.
    if (auto ok = postgres::engine::check_version(**db); !ok)
        return std::unexpected(ok.error() == errc::unavailable && (*db)->usable() ? errc::no_tables
                                                                                  : ok.error());
    return std::move(*db);
}

}  // namespace

std::expected<source, errc> source::open(const std::string& where, ::store::beside beside) {
    auto db = names_postgres(where) ? open_database(where, beside) : open_file(where);
    if (!db) return std::unexpected(db.error());
    auto mark = sql::read_unfinished(**db);
    if (!mark) return std::unexpected(mark.error());
    if (*mark) return std::unexpected(errc::unfinished);
    if (auto ok = (*db)->walk_by_key(); !ok) return std::unexpected(ok.error());
    return source(std::move(*db));
}

std::expected<void, errc> source::begin() { return db_->begin_reading(); }
std::expected<void, errc> source::end() { return db_->script("COMMIT"); }

std::expected<std::int64_t, errc> source::count(const sql::table& table) {
    std::int64_t out = 0;
    auto read = sql::each(db_->query(sql::statements_of(table).count.c_str()),
                          [&](const sql::rows& r) { out = r.integer(0); });
    if (!read) return std::unexpected(read.error());
    return out;
}

std::expected<tallies, errc> source::tally(const sql::told& tell, const sql::row_seen& seen) {
    tallies out;
    for (const auto part : {part::reports, part::wraps}) {
        auto of_part = dump(part, {}, [](crypto::byte_view) { return true; }, tell, seen);
        if (!of_part) return of_part;
        out.insert(out.end(), of_part->begin(), of_part->end());
    }
    return out;
}

std::expected<std::string, errc> source::identity() {
    std::string out;
    auto read = sql::each(db_->query("SELECT hash FROM gids ORDER BY versie LIMIT 1"),
                          [&](const sql::rows& r) { out = r.text(0); });
    if (!read) return std::unexpected(read.error());
    return out;
}

std::expected<void, errc> source::each_destroyed(
    const std::function<void(const crypto::uuid&, std::int32_t)>& take) {
    return sql::each(db_->query("SELECT id, dag FROM vernietigd ORDER BY id"), [&](const sql::rows& r) {
        take({crypto::to_block<16>(r.blob(0)).value_or(crypto::block<16>{})},
             static_cast<std::int32_t>(r.integer(1)));
    });
}

// A report takes places, a document of trust counts up the generation, and whatever a desk does leaves a
// line.
std::expected<std::int64_t, errc> source::schema() {
    std::int64_t newest = 0;
    auto read = sql::each(db_->query("SELECT max(nummer) FROM migraties"),
                          [&](const sql::rows& r) { newest = r.integer(0); });
    if (!read) return std::unexpected(read.error());
    return newest;
}

std::expected<std::string, errc> source::standing() {
    auto place = last_place();
    if (!place) return std::unexpected(place.error());
    std::string out = fmt::format("{}", *place);
    auto add = [&](const sql::rows& r) { out += fmt::format(" {}", r.integer(0)); };
    auto read = sql::each(db_->query("SELECT vertrouwen FROM tellers"), add);
    if (read)
        read = sql::each(db_->query("SELECT max(regel) FROM logboek GROUP BY loket ORDER BY loket"), add);
    if (!read) return std::unexpected(read.error());
    return out;
}

}  // namespace store
