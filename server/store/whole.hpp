// A store as a whole, past the server: read out as records (a backup, a copy's source), or filled with them
// (a restore, a copy's target). Whichever engine it is; blocking, for programs that do nothing else.
#pragma once

#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "crypto/encoding.hpp"
#include "server/store/errc.hpp"
#include "server/store/sql/dump.hpp"
#include "server/store/sql/engine.hpp"
#include "server/store/sql/unfinished.hpp"

namespace store {

// Where a restore goes on counting places, above the last one that its backup knows of: desks' cursors may
// stand beyond that, and what comes next must come after them.
inline constexpr std::int64_t places_skipped = 1'000'000'000;

enum class beside { servers, nobody };

class source {
  public:
    // where: as store::open takes it. Reads only, so it is not migrated. nobody: in_use where a server works
    // on it (PostgreSQL; of a file the caller holds the lock). older_schema, unfinished, and as store::open.
    [[nodiscard]] static std::expected<source, errc> open(const std::string& where, beside beside);

    // From now until end() everything is read as it is now. Be quick: a file's log cannot start anew
    // meanwhile.
    [[nodiscard]] std::expected<void, errc> begin();
    [[nodiscard]] std::expected<void, errc> end();

    // Between begin() and end(). The last place given so far.
    [[nodiscard]] std::expected<std::int64_t, errc> last_place() { return db_->last_place(); }
    // stopped where the sink does not take it.
    [[nodiscard]] std::expected<tallies, errc> dump(part part, const sql::begin_fields& begin,
                                                    const sql::record_sink& sink, const sql::told& tell,
                                                    const sql::row_seen& seen = {}) {
        return sql::dump(*db_, part, begin, sink, tell, seen);
    }
    // Of both parts.
    [[nodiscard]] std::expected<tallies, errc> tally(const sql::told& tell, const sql::row_seen& seen = {});
    // The rows of a table.
    [[nodiscard]] std::expected<std::int64_t, errc> count(const sql::table& table);
    // The number of the newest migration.
    [[nodiscard]] std::expected<std::int64_t, errc> schema();
    // The hash of the directory's first version, which no other installation has; "" without a directory.
    [[nodiscard]] std::expected<std::string, errc> identity();
    // A text that changes with whatever a server writes here, read quickly.
    [[nodiscard]] std::expected<std::string, errc> standing();
    // Those of which nothing may come back.
    [[nodiscard]] std::expected<void, errc> each_destroyed(
        const std::function<void(const crypto::uuid& id, std::int32_t day)>& take);
    [[nodiscard]] sql::connection& connection() { return *db_; }

  private:
    explicit source(std::unique_ptr<sql::connection> db) : db_(std::move(db)) {}
    std::unique_ptr<sql::connection> db_;
};

class target {
  public:
    // Made and migrated where it is not there; nobody else may work on it. As store::open.
    [[nodiscard]] static std::expected<target, errc> open(const std::string& where);

    [[nodiscard]] std::expected<std::optional<unfinished>, errc> mark();
    // Whether there is nothing in it.
    [[nodiscard]] std::expected<bool, errc> empty();
    // Takes everything out of it, some rows at a time; only where it is unfinished.
    [[nodiscard]] std::expected<void, errc> clear();
    [[nodiscard]] std::expected<void, errc> clear(const sql::table& table);
    // From now on no server opens it, until finish().
    [[nodiscard]] std::expected<void, errc> begin(const unfinished& mark);

    // A row of a table; some megabytes are committed at once. bad_records where the schema does not allow it.
    [[nodiscard]] std::expected<void, errc> put(const sql::table& table, std::span<const sql::value> row);
    // What was put so far is committed.
    [[nodiscard]] std::expected<void, errc> flush();
    // Of a report that must not come back; whether it is here or not.
    [[nodiscard]] std::expected<void, errc> add_destroyed(const crypto::uuid& id, std::int32_t day);
    // Destroys every report that is said to be; how many there were.
    [[nodiscard]] std::expected<std::int64_t, errc> replay_destroyed();

    // After flush().
    [[nodiscard]] std::expected<sql::position, errc> last_of(const sql::table& table);
    [[nodiscard]] std::expected<tallies, errc> tally(const sql::told& tell);
    // It is complete: the next place given follows this one, and servers may open it.
    [[nodiscard]] std::expected<void, errc> finish(std::int64_t last_place);

  private:
    explicit target(std::unique_ptr<sql::engine> engine, std::unique_ptr<sql::connection> reader)
        : engine_(std::move(engine)), reader_(std::move(reader)) {}
    // A statement of ours in a transaction of its own.
    [[nodiscard]] std::expected<void, errc> commit_one(
        const std::function<std::expected<void, errc>(sql::connection&)>& write);
    [[nodiscard]] std::expected<void, errc> write_kept();
    [[nodiscard]] std::expected<sql::connection*, errc> in_transaction();

    std::unique_ptr<sql::engine> engine_;
    std::unique_ptr<sql::connection> reader_;  // goes before the engine
    sql::connection* writer_ = nullptr;        // while a transaction is open
    const sql::table* table_ = nullptr;        // of the rows kept
    std::vector<sql::value> kept_;             // rows that wait, one after the other
    std::deque<crypto::bytes> memory_;         // what they see
    std::size_t rows_ = 0;                     // that wait
    std::size_t bytes_ = 0;                    // in this transaction
};

}  // namespace store
