#include "server/store/postgres/engine.hpp"

#include <array>
#include <vector>

#include "postgres_migrations.hpp"
#include "server/store/postgres/locks.hpp"
#include "server/store/sql/attachments.hpp"
#include "server/store/sql/migrations.hpp"
#include "server/store/sql/reads.hpp"
#include "server/watch/log.hpp"

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

std::expected<void, errc> synchronous(connection& db) {
    auto now = setting(db, "SELECT current_setting('synchronous_commit')");
    if (!now) return std::unexpected(now.error());
    return *now == "off" ? db.script("SET synchronous_commit = on") : std::expected<void, errc>();
}

std::expected<int, errc> migrated(const std::string& where) {
    auto opened = connection::open(where, use::migrate);
    if (!opened) return std::unexpected(opened.error());
    auto& db = **opened;
    std::vector<sql::migration_file> files;
    for (const auto& file : embedded::postgres_migrations()) files.push_back({file.name, file.text});
    // Of two servers that start at once, the second waits and finds it done.
    if (auto ok = db.script(lock_migrations); !ok) return std::unexpected(ok.error());
    auto count = sql::migrate(
        db, {"CREATE TABLE IF NOT EXISTS migraties (nummer BIGINT PRIMARY KEY, hash TEXT NOT NULL)", "BEGIN",
             files});
    if (auto ok = db.script(unlock_migrations); !ok) return std::unexpected(ok.error());
    return count;
}

// One statement stores a report whole or not at all; no row comes back where its id or its mailbox is there
// already, it was destroyed, or the documents of trust changed since it was judged. A statement for each
// number of recipients.
#define REPORT                                                                                            \
    "WITH nieuw AS (INSERT INTO meldingen_dag (id, verzoek, dag, spoed, status, revisie, postbus, body, " \
    "hash) "                                                                                              \
    "SELECT $1, $2, $3, $4, 'nieuw', 1, $5::bytea, $6, $7 "                                               \
    "WHERE NOT EXISTS (SELECT 1 FROM meldingen WHERE id = $1) "                                           \
    "AND NOT EXISTS (SELECT 1 FROM meldingen WHERE postbus = $5::bytea) "                                 \
    "AND NOT EXISTS (SELECT 1 FROM tellers WHERE vertrouwen <> $8::bigint) "                              \
    "AND NOT EXISTS (SELECT 1 FROM vernietigd WHERE id = $1 AND dag > $3 - 30) "                          \
    "ON CONFLICT DO NOTHING RETURNING rij), "                                                             \
    "naar AS (INSERT INTO ontvangers_dag (melding, loket, rol, epoch, sleutel, sealed, vrij, hash) "      \
    "SELECT nieuw.rij, t.* FROM nieuw, (VALUES "
#define REPORT_END ") AS t) SELECT rij FROM nieuw"
#define FIRST "($9, $10, $11, $12, $13, $14, $15)"
#define SECOND ", ($16, $17, $18, $19, $20, $21, $22)"
#define THIRD ", ($23, $24, $25, $26, $27, $28, $29)"
#define FOURTH ", ($30, $31, $32, $33, $34, $35, $36)"

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
                  sql::as_value(report.body_hash), sql::as_value(report.generation)};
    for (const auto& to : report.recipients)
        out.values.insert(out.values.end(),
                          {sql::as_value(to.desk), sql::as_value(to.role), sql::as_value(to.epoch),
                           sql::as_value(to.key_mark), sql::as_value(to.sealed_key.view()),
                           sql::as_value(to.role != "achtervang"), sql::as_value(to.hash)});
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

std::expected<std::unique_ptr<engine>, errc> engine::open(const std::string& where) {
    auto writer = connection::open(where, use::write);
    if (!writer) return std::unexpected(writer.error());
    if (auto ok = check_promises(**writer); !ok) return std::unexpected(ok.error());
    if (auto ok = synchronous(**writer); !ok) return std::unexpected(ok.error());
    auto applied = migrated(where);
    if (!applied) return std::unexpected(applied.error());
    if (*applied > 0) watch::note("database migrated", {{"steps", *applied}});
    auto ear = connection::open(where, use::listen);
    if (!ear) return std::unexpected(ear.error());
    return std::unique_ptr<engine>(new engine(where, std::move(*writer), std::move(*ear)));
}

engine::engine(std::string where, std::unique_ptr<connection> writer, std::unique_ptr<connection> ear)
    : where_(std::move(where)),
      writer_(std::move(writer)),
      backend_(writer_->backend()),
      ear_(std::move(ear)) {}

std::expected<std::unique_ptr<sql::connection>, errc> engine::reader() {
    return connection::open(where_, use::read);
}

std::expected<void, errc> engine::wipe() {
    auto db = connection::open(where_, use::write);
    if (!db) return std::unexpected(errc::unavailable);
    return begin_day_anew(**db);
}

void engine::follow(std::function<void(std::string_view)> heard) {
    listener_ = std::make_unique<listener>(
        where_, std::move(ear_), [this, heard = std::move(heard)](std::string_view word, int backend) {
            // What this server did it knows.
            if (backend != backend_.load()) heard(word);
        });
}

void engine::close() { listener_.reset(); }

std::expected<sql::connection*, errc> engine::begin() {
    arrivals_.clear();
    if (!writer_->usable()) {
        auto fresh = connection::open(where_, use::write);
        if (!fresh) return std::unexpected(errc::unavailable);
        if (auto ok = synchronous(**fresh); !ok) return std::unexpected(ok.error());
        writer_ = std::move(*fresh);
        backend_ = writer_->backend();
    }
    if (auto ok = writer_->script(std::string("BEGIN; ") + lock_batches); !ok) {
        roll_back();
        return std::unexpected(ok.error());
    }
    return writer_.get();
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
    if (!stored) return not_stored(*writer_, report);
    if (auto ok = sql::claim(*writer_, report.attachments, report.id, report.day); !ok)
        return std::unexpected(ok.error());
    for (const auto& to : report.recipients)
        if (to.role != "achtervang") arrivals_.insert(to.desk);
    return added_report{report.day, true};
}

}  // namespace store::postgres
