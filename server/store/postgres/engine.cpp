#include "server/store/postgres/engine.hpp"

#include <array>
#include <vector>

#include "base/watch/log.hpp"
#include "postgres_migrations.hpp"
#include "server/store/postgres/locks.hpp"
#include "server/store/sql/attachments.hpp"
#include "server/store/sql/migrations.hpp"
#include "server/store/sql/reads.hpp"

namespace store::postgres {
namespace {

std::expected<std::string, errc> setting(connection& db, const char* sql) {
    std::string out;
    auto done = sql::each(db.query(sql), [&](const sql::rows& r) { out = r.text(0); });
    if (!done) return std::unexpected(done.error());
    return out;
}

// A commit of this server must be on a disk when it is answered, whatever it was set to for others.
std::expected<void, errc> check_promises(connection& db) {
    auto bad = setting(db,
                       "SELECT CASE WHEN current_setting('fsync') = 'off' "
                       "OR current_setting('full_page_writes') = 'off' THEN 'disk' "
                       "WHEN current_setting('server_encoding') <> 'UTF8' THEN 'encoding' ELSE '' END");
    if (!bad) return std::unexpected(bad.error());
    if (*bad == "disk") return std::unexpected(errc::not_durable);
    if (*bad == "encoding") return std::unexpected(errc::not_utf8);
    return {};
}

// One that writes, on a database that keeps its promises: after a failover it may be another one.
std::expected<std::unique_ptr<connection>, errc> open_writer(const std::string& where, const ending& end,
                                                             sharing sharing) {
    auto out = connection::open(where, use::write, &end);
    if (!out) return out;
    auto held = sharing == sharing::alone ? hold_alone(**out) : (*out)->hold(lock_working_together);
    if (!held) return std::unexpected(held.error());
    if (auto ok = check_promises(**out); !ok) return std::unexpected(ok.error());
    // Set here it stays, whatever becomes of the server's configuration.
    auto kept = (*out)->script(
        "SELECT set_config('synchronous_commit', "
        "replace(current_setting('synchronous_commit'), 'off', 'on'), false)");
    if (!kept) return std::unexpected(kept.error());
    return out;
}

std::vector<sql::migration_file> migration_files() {
    std::vector<sql::migration_file> out;
    for (const auto& file : embedded::postgres_migrations()) out.push_back({file.name, file.text});
    return out;
}

std::expected<int, errc> migrated(const std::string& where, const ending& end) {
    auto opened = connection::open(where, use::migrate, &end);
    if (!opened) return std::unexpected(opened.error());
    auto& db = **opened;
    const auto files = migration_files();
    // Of two servers that start at once, the second waits and finds it done.
    if (auto ok = db.script(lock_migrations); !ok) return std::unexpected(ok.error());
    auto count = sql::migrate(
        db, {"CREATE TABLE IF NOT EXISTS migraties (nummer BIGINT PRIMARY KEY, hash TEXT NOT NULL)", "BEGIN",
             files});
    if (auto ok = db.script(unlock_migrations); !ok) return std::unexpected(ok.error());
    return count;
}

// Each batch waits for the one before it, of whichever server. A server that was stopped in the middle of one
// is ended by idle_in_transaction_session_timeout, but not where only a part of its statements had left it:
// whoever waits then ends it. What it did not commit is gone; it was not confirmed.
constexpr const char* end_stopped =
    "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database() "
    "AND (l.classid::bigint << 32 | l.objid::bigint) = 7381642047116203 "  // that of lock_batches
    "AND a.wait_event = 'ClientRead' AND clock_timestamp() - a.xact_start > interval '5 s'";

// Not stored again, a report was found; but alone it would be a transaction that wrote nothing, and whose
// commit waits for no standby.
constexpr const char* mark = "SELECT pg_logical_emit_message(true, 'baken', '')";

// One statement stores a report whole or not at all; no row comes back where its id or its mailbox is there
// already, it was destroyed, or the documents of trust changed since it was judged. A statement for each
// number of recipients.
#define REPORT                                                                                            \
    "WITH nieuw AS (INSERT INTO meldingen_dag (id, verzoek, dag, spoed, status, revisie, postbus, body, " \
    "hash, termijn) "                                                                                     \
    "SELECT $1, $2, $3, $4, 'nieuw', 1, $5::bytea, $6, $7, $9::bigint "                                   \
    "WHERE NOT EXISTS (SELECT 1 FROM meldingen WHERE id = $1) "                                           \
    "AND NOT EXISTS (SELECT 1 FROM meldingen WHERE postbus = $5::bytea) "                                 \
    "AND NOT EXISTS (SELECT 1 FROM tellers WHERE vertrouwen <> $8::bigint) "                              \
    "AND NOT EXISTS (SELECT 1 FROM vernietigd WHERE id = $1 AND dag > $3 - 30) "                          \
    "ON CONFLICT DO NOTHING RETURNING rij), "                                                             \
    "naar AS (INSERT INTO ontvangers_dag (melding, loket, rol, epoch, sleutel, sealed, vrij, hash, "      \
    "vrij_uur) "                                                                                          \
    "SELECT nieuw.rij, t.* FROM nieuw, (VALUES "
#define REPORT_END ") AS t) SELECT rij FROM nieuw"
#define FIRST "($10, $11, $12, $13, $14, $15, $16, $17::bigint)"
#define SECOND ", ($18, $19, $20, $21, $22, $23, $24, $25::bigint)"
#define THIRD ", ($26, $27, $28, $29, $30, $31, $32, $33::bigint)"
#define FOURTH ", ($34, $35, $36, $37, $38, $39, $40, $41::bigint)"

constexpr std::array<const char*, 4> report_sql{
    REPORT FIRST REPORT_END,
    REPORT FIRST SECOND REPORT_END,
    REPORT FIRST SECOND THIRD REPORT_END,
    REPORT FIRST SECOND THIRD FOURTH REPORT_END,
};

struct statement {
    const char* sql;
    std::vector<sql::value> values;
};

// The report must outlive it, and have one to four recipients.
statement storing(const new_report& report) {
    statement out{report_sql[report.recipients.size() - 1], {}};
    out.values = {sql::as_value(report.id.bytes),  sql::as_value(report.request_hash),
                  sql::as_value(report.day),       sql::as_value(report.urgent),
                  sql::as_value(report.mailbox),   sql::as_value(report.body.view()),
                  sql::as_value(report.body_hash), sql::as_value(report.generation),
                  sql::as_value(report.term)};
    for (const auto& to : report.recipients)
        out.values.insert(
            out.values.end(),
            {sql::as_value(to.desk), sql::as_value(to.role), sql::as_value(to.epoch),
             sql::as_value(to.key_mark), sql::as_value(to.sealed_key.view()),
             sql::as_value(to.role != "achtervang"), sql::as_value(to.hash), sql::as_value(to.release_hour)});
    return out;
}

bool can_be_stored(const new_report& report) {
    return !report.recipients.empty() && report.recipients.size() <= report_sql.size();
}

// Why a report was not stored.
std::expected<added_report, errc> not_stored(connection& db, const new_report& report) {
    auto known = sql::read_earlier(db, report.id, report.request_hash);
    if (!known) return std::unexpected(known.error());
    if (*known) return **known;
    auto destroyed = sql::was_destroyed(db, report.id, report.day);
    if (!destroyed) return std::unexpected(destroyed.error());
    if (*destroyed) return std::unexpected(errc::id_taken);
    bool taken = false;
    auto asked = sql::each(db.query("SELECT 1 FROM meldingen WHERE postbus = $1::bytea", report.mailbox),
                           [&](const sql::rows&) { taken = true; });
    if (!asked) return std::unexpected(asked.error());
    return std::unexpected(taken ? errc::mailbox_taken : errc::trust_changed);
}

}  // namespace

std::expected<void, errc> hold_alone(connection& db) { return db.hold(lock_working_alone); }

std::expected<std::unique_ptr<engine>, errc> engine::open(const std::string& where, sharing sharing) {
    auto end = std::make_unique<ending>();
    auto writer = open_writer(where, *end, sharing);
    if (!writer) return std::unexpected(writer.error());
    auto applied = migrated(where, *end);
    if (!applied) return std::unexpected(applied.error());
    if (*applied > 0) watch::note("database migrated", {{"steps", *applied}});
    auto ear = connection::open(where, use::listen, end.get());
    if (!ear) return std::unexpected(ear.error());
    return std::unique_ptr<engine>(
        new engine(where, sharing, std::move(end), std::move(*writer), std::move(*ear)));
}

engine::engine(std::string where, sharing sharing, std::unique_ptr<ending> ending,
               std::unique_ptr<connection> writer, std::unique_ptr<connection> ear)
    : where_(std::move(where)),
      sharing_(sharing),
      ending_(std::move(ending)),
      writer_(std::move(writer)),
      backend_(writer_->backend()),
      ear_(std::move(ear)) {}

std::expected<void, errc> engine::check_version(connection& db) {
    return sql::check_version(db, migration_files());
}

std::expected<std::unique_ptr<sql::connection>, errc> engine::reader() {
    return connection::open(where_, use::read, ending_.get());
}

std::expected<void, errc> engine::wipe() {
    auto db = open_writer(where_, *ending_, sharing_);
    if (!db) return std::unexpected(db.error());
    if (auto ok = begin_day_anew(**db); !ok) return ok;
    return overwrite_remains(**db);
}

void engine::follow(std::function<void(std::string_view)> heard) {
    listener_ =
        std::make_unique<listener>(where_, std::move(ear_), *ending_,
                                   [this, heard = std::move(heard)](std::string_view word, int backend) {
                                       // Of a database that came back, another server's connection may bear
                                       // the number that ours had.
                                       if (word.empty()) backend_ = 0;
                                       // What this server did it knows.
                                       if (word.empty() || backend != backend_.load()) heard(word);
                                   });
}

void engine::close() {
    give_up();
    listener_.reset();
}

std::expected<sql::connection*, errc> engine::begin() {
    arrivals_.clear();
    for (bool fresh = false;; fresh = true) {
        if (!writer_->usable()) {
            auto opened = open_writer(where_, *ending_, sharing_);
            if (!opened) return std::unexpected(opened.error());
            writer_ = std::move(*opened);
            backend_ = writer_->backend();
            fresh = true;
        }
        auto ours = take_turn();
        if (ours) return writer_.get();
        // One that broke while nobody used it shows at its first word.
        if (fresh || writer_->usable()) return std::unexpected(ours.error());
    }
}

std::expected<void, errc> engine::take_turn() {
    const auto turn = std::string("BEGIN; ") + lock_batches;
    auto ours = writer_->script(turn);
    if (!ours) roll_back();
    if (ours || ours.error() != errc::busy) return ours;
    if (auto ended = writer_->script(end_stopped); !ended) return ended;
    ours = writer_->script(turn);
    if (!ours) roll_back();
    return ours;
}

std::expected<void, errc> engine::commit() {
    std::vector<std::string> tell;
    for (const auto& desk : arrivals_) tell.push_back("loket:" + desk);
    auto done = writer_->commit(tell);
    if (!done) roll_back();
    return done;
}

void engine::roll_back() {
    writer_->forget();
    if (writer_->usable() && writer_->in_transaction()) (void)writer_->script("ROLLBACK");
}

std::expected<void, errc> engine::vouch() { return writer_->script(mark); }

void engine::send_report(const new_report& report) {
    if (!can_be_stored(report)) return;
    auto one = storing(report);
    writer_->send_values(one.sql, one.values);
}

std::expected<added_report, errc> engine::add_report(const new_report& report) {
    if (!can_be_stored(report)) return std::unexpected(errc::unavailable);
    bool stored = false;
    const auto found = [&](const sql::rows&) { stored = true; };
    std::expected<void, errc> asked;
    if (report.attachments.empty() && writer_->answered()) {
        asked = sql::each(writer_->take(), found);
    } else {
        auto one = storing(report);
        asked = sql::each(writer_->query_values(one.sql, one.values), found);
    }
    if (!asked) return std::unexpected(asked.error());
    if (!stored) {
        auto known = not_stored(*writer_, report);
        if (!known) return known;
        if (auto ok = vouch(); !ok) return std::unexpected(ok.error());
        return known;
    }
    if (auto ok = sql::claim(*writer_, report.attachments, report.id, report.day); !ok)
        return std::unexpected(ok.error());
    for (const auto& to : report.recipients)
        if (to.role != "achtervang") arrivals_.insert(to.desk);
    return added_report{report.day, true, report.body_hash};
}

}  // namespace store::postgres
