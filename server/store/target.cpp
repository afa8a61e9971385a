#include <algorithm>
#include <ranges>

#include "server/store/open.hpp"
#include "server/store/postgres/engine.hpp"
#include "server/store/sql/ended.hpp"
#include "server/store/sqlite/engine.hpp"
#include "server/store/whole.hpp"

namespace store {
namespace {

constexpr std::size_t at_once = std::size_t{8} << 20;  // bytes in one transaction, about

std::expected<std::unique_ptr<sql::engine>, errc> open_engine(const std::string& where) {
    if (names_postgres(where)) return postgres::engine::open(where, postgres::sharing::alone);
    return sqlite::engine::open(where, {});
}

}  // namespace

std::expected<target, errc> target::open(const std::string& where) {
    auto engine = open_engine(where);
    if (!engine) return std::unexpected(engine.error());
    auto reader = (*engine)->reader();
    if (!reader) return std::unexpected(reader.error());
    if (auto ok = (*reader)->walk_by_key(); !ok) return std::unexpected(ok.error());
    return target(std::move(*engine), std::move(*reader));
}

std::expected<std::optional<unfinished>, errc> target::mark() { return sql::read_unfinished(*reader_); }

std::expected<bool, errc> target::empty() {
    bool any = false;
    for (const auto& table : sql::tables()) {
        if (table.place == sql::place::left_out || table.name == "tellers")
            continue;  // its row is always there
        auto asked = sql::each(reader_->query(sql::statements_of(table).any.c_str()),
                               [&](const sql::rows&) { any = true; });
        if (!asked) return std::unexpected(asked.error());
    }
    return !any;
}

std::expected<void, errc> target::commit_one(
    const std::function<std::expected<void, errc>(sql::connection&)>& write) {
    auto db = in_transaction();
    if (!db) return std::unexpected(db.error());
    if (auto ok = write(**db); !ok) {
        engine_->roll_back();
        writer_ = nullptr;
        return ok;
    }
    return flush();
}

std::expected<sql::connection*, errc> target::in_transaction() {
    if (writer_) return writer_;
    auto db = engine_->begin();
    if (!db) return db;
    if (auto ok = (*db)->walk_by_key(); !ok) return std::unexpected(ok.error());
    writer_ = *db;
    return writer_;
}

std::expected<void, errc> target::clear() {
    for (const auto& table : sql::tables() | std::views::reverse)
        if (table.place != sql::place::left_out)
            if (auto done = clear(table); !done) return done;
    return {};
}

std::expected<void, errc> target::clear(const sql::table& table) {
    for (int gone = 1; gone > 0;) {
        auto done = commit_one([&](sql::connection& db) -> std::expected<void, errc> {
            auto ran = db.run(sql::statements_of(table).clear.c_str());
            if (!ran) return std::unexpected(ran.error());
            gone = *ran;
            return {};
        });
        if (!done) return done;
    }
    return {};
}

std::expected<void, errc> target::begin(const unfinished& mark) {
    return commit_one([&](sql::connection& db) -> std::expected<void, errc> {
        if (auto ok = sql::write_unfinished(db, mark); !ok) return ok;
        // An empty store has a row here; the one that comes takes its place.
        if (auto gone = db.run("DELETE FROM tellers WHERE vertrouwen = 0"); !gone)
            return std::unexpected(gone.error());
        return {};
    });
}

std::expected<void, errc> target::put(const sql::table& table, std::span<const sql::value> row) {
    if (table_ != &table)
        if (auto ok = write_kept(); !ok) return ok;
    table_ = &table;
    for (const auto& one : row) {
        const auto* text = std::get_if<std::string_view>(&one);
        const auto* bytes = std::get_if<crypto::byte_view>(&one);
        if (!text && !bytes) {
            kept_.push_back(one);
            continue;
        }
        const auto from = text ? crypto::as_bytes(*text) : *bytes;
        const auto& copy = memory_.emplace_back(from.begin(), from.end());
        bytes_ += copy.size();
        if (text)
            kept_.emplace_back(crypto::as_text(copy));
        else
            kept_.emplace_back(crypto::byte_view(copy));
    }
    ++rows_;
    if (rows_ == sql::statements::many)
        if (auto ok = write_kept(); !ok) return ok;
    return bytes_ < at_once ? std::expected<void, errc>() : flush();
}

// Many by one statement, fewer one by one.
std::expected<void, errc> target::write_kept() {
    if (rows_ == 0) return {};
    auto db = in_transaction();
    if (!db) return std::unexpected(db.error());
    const auto& ask = sql::statements_of(*table_);
    const std::span<const sql::value> all(kept_);
    const bool whole = rows_ == sql::statements::many;
    const auto width = all.size() / (whole ? 1 : rows_);
    for (std::size_t at = 0; at < all.size(); at += width) {
        auto done = sql::each(
            (*db)->query_values((whole ? ask.insert_many : ask.insert).c_str(), all.subspan(at, width)),
            [](const sql::rows&) {});
        if (!done) {
            engine_->roll_back();
            writer_ = nullptr;
            return std::unexpected(done.error() == errc::id_taken ? errc::bad_records : done.error());
        }
    }
    kept_.clear();
    memory_.clear();
    rows_ = 0;
    return {};
}

std::expected<void, errc> target::flush() {
    if (auto ok = write_kept(); !ok) return ok;
    if (!writer_) return {};
    writer_ = nullptr;
    bytes_ = 0;
    if (auto ok = engine_->commit(); !ok) return ok;
    engine_->tidy();
    return {};
}

std::expected<void, errc> target::add_destroyed(const crypto::uuid& id, std::int32_t day) {
    auto db = in_transaction();
    if (!db) return std::unexpected(db.error());
    auto done = (*db)->run(
        "INSERT INTO vernietigd (id, dag) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM vernietigd WHERE id "
        "= $1)",
        id.bytes, day);
    if (!done) return std::unexpected(done.error());
    bytes_ += 1024;  // many in one transaction
    return bytes_ < at_once ? std::expected<void, errc>() : flush();
}

std::expected<std::int64_t, errc> target::replay_destroyed() {
    if (auto ok = flush(); !ok) return std::unexpected(ok.error());
    std::int64_t count = 0;
    const auto& destroyed = *std::ranges::find(sql::tables(), "vernietigd", &sql::table::name);
    auto walked =
        sql::walk(*reader_, destroyed, {}, [&](std::span<const sql::value> row) -> std::expected<void, errc> {
            auto db = in_transaction();
            if (!db) return std::unexpected(db.error());
            const auto id = crypto::to_block<16>(std::get<crypto::byte_view>(row[0]));
            auto gone = sql::take_away(**db, {id.value_or(crypto::block<16>{})});
            if (!gone) return std::unexpected(gone.error());
            count += *gone ? 1 : 0;
            bytes_ += 8192;
            return bytes_ < at_once ? std::expected<void, errc>() : flush();
        });
    if (walked) walked = flush();
    if (!walked) return std::unexpected(walked.error());
    return count;
}

std::expected<sql::position, errc> target::last_of(const sql::table& table) {
    return sql::last_of(*reader_, table);
}

std::expected<tallies, errc> target::tally(const sql::told& tell) {
    if (auto ok = reader_->begin_reading(); !ok) return std::unexpected(ok.error());
    tallies out;
    for (const auto part : {part::reports, part::wraps}) {
        auto of_part = sql::dump(*reader_, part, {}, [](crypto::byte_view) { return true; }, tell);
        if (!of_part) return of_part;
        out.insert(out.end(), of_part->begin(), of_part->end());
    }
    if (auto ok = reader_->script("COMMIT"); !ok) return std::unexpected(ok.error());
    return out;
}

std::expected<void, errc> target::finish(std::int64_t last_place) {
    return commit_one([&](sql::connection& db) -> std::expected<void, errc> {
        auto now = db.last_place();
        if (!now) return std::unexpected(now.error());
        if (auto ok = db.set_last_place(std::max(*now, last_place)); !ok) return ok;
        return sql::remove_unfinished(db);
    });
}

}  // namespace store
