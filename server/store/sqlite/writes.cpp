#include "server/store/sqlite/writes.hpp"

#include "crypto/hash.hpp"
#include "server/store/sqlite/reads.hpp"

namespace store::sqlite {
namespace {

std::expected<void, errc> trust_changed(connection& db) {
    auto done = db.run("UPDATE tellers SET vertrouwen = vertrouwen + 1");
    if (!done) return std::unexpected(done.error());
    return {};
}

std::expected<bool, errc> mailbox_known(connection& db, const crypto::sign_public& key) {
    auto found = db.query("SELECT 1 FROM meldingen WHERE postbus = ?", key);
    if (!found) return std::unexpected(found.error());
    return found->next();
}

std::expected<void, errc> put_wrap(connection& db, const std::string& desk, const wrap_row& wrap) {
    auto done = db.run(
        "INSERT INTO wraps (loket, epoch, sleutel, lid, sealed) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET sealed = excluded.sealed",
        desk, wrap.epoch, wrap.key_hash, wrap.lid, wrap.sealed.view());
    if (!done) return std::unexpected(done.error());
    return {};
}

std::expected<added_document, errc> close_document(connection& db, const std::string& desk, int changed,
                                                   const std::vector<wrap_row>& wraps,
                                                   const trail_write& trail) {
    for (const auto& wrap : wraps)
        if (auto ok = put_wrap(db, desk, wrap); !ok) return std::unexpected(ok.error());
    if (changed > 0)
        if (auto ok = trust_changed(db); !ok) return std::unexpected(ok.error());
    auto line = append(db, trail);
    if (!line) return std::unexpected(line.error());
    return added_document{changed > 0, std::move(*line)};
}

}  // namespace

std::expected<added_report, errc> add_report(connection& db, const new_report& report) {
    auto known = read_earlier(db, report.id, report.request_hash);
    if (!known) return std::unexpected(known.error());
    if (*known) return **known;
    if (report.mailbox) {
        auto taken = mailbox_known(db, *report.mailbox);
        if (!taken) return std::unexpected(taken.error());
        if (*taken) return std::unexpected(errc::mailbox_taken);
    }
    auto done = db.run(
        "INSERT INTO meldingen (id, verzoek, dag, spoed, status, revisie, postbus, body) VALUES (?, ?, ?, ?, "
        "'nieuw', 1, ?, ?)",
        report.id.bytes, report.request_hash, report.day, report.urgent, report.mailbox, report.body.view());
    if (!done) return std::unexpected(done.error());
    auto row = db.last_row();
    for (const auto& to : report.recipients) {
        auto added = db.run(
            "INSERT INTO ontvangers (melding, loket, rol, epoch, sleutel, sealed, vrij) VALUES (?, ?, ?, ?, "
            "?, ?, ?)",
            row, to.desk, to.role, to.epoch, to.key_mark, to.sealed_key.view(), to.role != "achtervang");
        if (!added) return std::unexpected(added.error());
    }
    return added_report{report.day, true};
}

std::expected<bool, errc> add_gids(connection& db, const gids_row& row) {
    auto newest = db.query("SELECT coalesce(max(versie), 0) FROM gids");
    if (!newest) return std::unexpected(newest.error());
    if (auto ok = newest->next(); !ok) return std::unexpected(ok.error());
    if (newest->integer(0) + 1 != row.version) return std::unexpected(errc::wrong_version);
    auto done = db.run("INSERT INTO gids (versie, hash, token, routering) VALUES (?, ?, ?, ?)", row.version,
                       row.hash, row.token, row.table);
    if (!done) return std::unexpected(done.error());
    if (auto ok = trust_changed(db); !ok) return std::unexpected(ok.error());
    return true;
}

std::expected<added_document, errc> add_membership(connection& db, const membership_row& row,
                                                   const trail_write& trail) {
    auto done =
        db.run("INSERT INTO leden (hash, loket, lid, token) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
               row.hash, row.desk, row.lid, row.token);
    if (!done) return std::unexpected(done.error());
    return close_document(db, row.desk, *done, row.wraps, trail);
}

std::expected<added_document, errc> add_epoch_key(connection& db, const epoch_key_row& row,
                                                  const trail_write& trail) {
    auto done =
        db.run("INSERT INTO sleutels (hash, loket, epoch, token) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
               row.hash, row.desk, row.epoch, row.token);
    if (!done) return std::unexpected(done.error());
    return close_document(db, row.desk, *done, row.wraps, trail);
}

std::expected<added_document, errc> add_stand(connection& db, const stand_row& row,
                                              const trail_write& trail) {
    std::int64_t newest = 0;
    {
        auto found = db.query("SELECT versie, hash FROM standen WHERE loket = ? ORDER BY versie DESC LIMIT 1",
                              row.desk);
        if (!found) return std::unexpected(found.error());
        auto any = found->next();
        if (!any) return std::unexpected(any.error());
        if (*any) newest = found->integer(0);
        if (*any && newest == row.version && found->text(1) == row.hash) newest = -1;
    }
    if (newest == -1) return close_document(db, row.desk, 0, {}, trail);
    if (newest + 1 != row.version) return std::unexpected(errc::wrong_version);
    auto done = db.run("INSERT INTO standen (loket, versie, hash, token) VALUES (?, ?, ?, ?)", row.desk,
                       row.version, row.hash, row.token);
    if (!done) return std::unexpected(done.error());
    return close_document(db, row.desk, *done, {}, trail);
}

std::expected<head, errc> append(connection& db, const trail_write& trail) {
    auto last = read_head(db, trail.desk);
    if (!last) return std::unexpected(last.error());
    std::string bytes = trail.write(*last);
    head next{last->line + 1, crypto::hash_text(crypto::as_bytes(bytes))};
    auto done = db.run("INSERT INTO logboek (loket, regel, hash, bytes) VALUES (?, ?, ?, ?)", trail.desk,
                       next.line, next.hash, bytes);
    if (!done) return std::unexpected(done.error());
    return next;
}

std::expected<bool, errc> keep_nonce(connection& db, const crypto::block<16>& mark, std::int64_t until,
                                     std::int64_t now) {
    auto forgotten = db.run("DELETE FROM nonces WHERE tot < ?", now);
    if (!forgotten) return std::unexpected(forgotten.error());
    auto done = db.run("INSERT INTO nonces (merk, tot) VALUES (?, ?) ON CONFLICT DO NOTHING", mark, until);
    if (!done) return std::unexpected(done.error());
    return *done > 0;
}

}  // namespace store::sqlite
