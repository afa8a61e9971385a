#include "server/store/sqlite/engine.hpp"

#include <filesystem>

#include "base/watch/log.hpp"
#include "server/store/sql/attachments.hpp"
#include "server/store/sql/migrations.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/sqlite/integrity.hpp"
#include "sqlite_migrations.hpp"

namespace store::sqlite {
namespace {

std::vector<sql::migration_file> migration_files() {
    std::vector<sql::migration_file> out;
    for (const auto& file : embedded::sqlite_migrations()) out.push_back({file.name, file.text});
    return out;
}

std::expected<int, errc> migrated(connection& db) {
    const auto files = migration_files();
    return sql::migrate(
        db, {"CREATE TABLE IF NOT EXISTS migraties (nummer INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT",
             "BEGIN IMMEDIATE", files});
}

std::expected<bool, errc> mailbox_known(connection& db, const crypto::sign_public& key) {
    auto found = db.query("SELECT 1 FROM meldingen WHERE postbus = $1", key);
    if (!found) return std::unexpected(found.error());
    return found->next();
}

}  // namespace

std::expected<std::unique_ptr<engine>, errc> engine::open(const std::string& file, log_limits limits) {
    auto ours = alone::take(file);
    if (!ours) return std::unexpected(ours.error());
    auto writer = connection::open(file, mode::create);
    if (!writer) return std::unexpected(writer.error());
    auto applied = migrated(**writer);
    if (!applied) return std::unexpected(applied.error());
    if (auto sound = glance(**writer); !sound) return std::unexpected(sound.error());
    if (*applied > 0) watch::note("database migrated", {{"steps", *applied}});
    std::unique_ptr<engine> out(new engine(std::move(*ours), std::move(*writer), file, limits));
    if (!out->disk_.is_open()) return std::unexpected(errc::cannot_open);
    return out;
}

std::expected<void, errc> engine::check_there(const std::string& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return std::unexpected(error ? errc::cannot_open : errc::no_file);
    auto db = connection::open(file, mode::read);
    if (!db) return std::unexpected(db.error());
    bool ours = false;
    auto read = sql::each((*db)->query("SELECT 1 FROM sqlite_schema WHERE name = 'migraties'"),
                          [&](const sql::rows&) { ours = true; });
    if (!read) return read;
    if (!ours) return std::unexpected(errc::no_tables);
    return {};
}

std::expected<void, errc> engine::check_version(connection& db) {
    return sql::check_version(db, migration_files());
}

engine::engine(alone ours, std::unique_ptr<connection> writer, const std::string& file, log_limits limits)
    : alone_(std::move(ours)),
      file_(file),
      writer_(std::move(writer)),
      disk_(file + "-lock"),
      checkpointer_(file, limits),
      checker_(file) {}

std::expected<std::unique_ptr<sql::connection>, errc> engine::reader() {
    return connection::open(file_, mode::read);
}

std::expected<sql::connection*, errc> engine::begin() {
    if (auto begun = writer_->script("BEGIN IMMEDIATE"); !begun) return std::unexpected(begun.error());
    return writer_.get();
}

std::expected<void, errc> engine::commit() {
    auto committed = writer_->script("COMMIT");
    if (!committed) roll_back();
    if (committed && !disk_.takes_writes()) return std::unexpected(errc::unsure);
    return committed;
}

void engine::roll_back() {
    if (writer_->in_transaction()) (void)writer_->script("ROLLBACK");
}

std::expected<added_report, errc> engine::add_report(const new_report& report) {
    auto& db = *writer_;
    auto known = sql::read_earlier(db, report.id, report.request_hash);
    if (!known) return std::unexpected(known.error());
    if (*known) return **known;
    if (report.mailbox) {
        auto taken = mailbox_known(db, *report.mailbox);
        if (!taken) return std::unexpected(taken.error());
        if (*taken) return std::unexpected(errc::mailbox_taken);
    }
    auto destroyed = sql::was_destroyed(db, report.id, report.day);
    if (!destroyed) return std::unexpected(destroyed.error());
    if (*destroyed) return std::unexpected(errc::id_taken);
    std::int64_t row = 0;
    auto done = sql::each(
        db.query(
            "INSERT INTO meldingen (id, verzoek, dag, spoed, status, revisie, postbus, body, hash, termijn) "
            "VALUES ($1, $2, $3, $4, 'nieuw', 1, $5, $6, $7, $8) RETURNING rij",
            report.id.bytes, report.request_hash, report.day, report.urgent, report.mailbox,
            report.body.view(), report.body_hash, report.term),
        [&](const sql::rows& r) { row = r.integer(0); });
    if (!done) return std::unexpected(done.error());
    for (const auto& to : report.recipients) {
        auto added = db.run(
            "INSERT INTO ontvangers (melding, loket, rol, epoch, sleutel, sealed, vrij, hash, vrij_uur) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            row, to.desk, to.role, to.epoch, to.key_mark, to.sealed_key.view(), to.role != "achtervang",
            to.hash, to.release_hour);
        if (!added) return std::unexpected(added.error());
    }
    if (auto ok = sql::claim(db, report.attachments, report.id, report.day); !ok)
        return std::unexpected(ok.error());
    return added_report{report.day, true, report.body_hash};
}

}  // namespace store::sqlite
