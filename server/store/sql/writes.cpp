#include "server/store/sql/writes.hpp"

#include "server/store/sha256.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/sql/trail.hpp"

namespace store::sql {
namespace {

std::expected<void, errc> trust_changed(connection& db) {
    auto done = db.run("UPDATE tellers SET vertrouwen = vertrouwen + 1");
    if (!done) return std::unexpected(done.error());
    return {};
}

// Whether it was not there, byte for byte.
std::expected<bool, errc> put_wrap(connection& db, const std::string& desk, const wrap_row& wrap) {
    const auto hash = sha256(wrap.sealed.view());
    auto done = db.run(
        "INSERT INTO wraps (loket, epoch, sleutel, lid, sealed, hash) VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (loket, epoch, sleutel, lid) DO UPDATE SET sealed = excluded.sealed, hash = "
        "excluded.hash WHERE wraps.hash <> excluded.hash",
        desk, wrap.epoch, wrap.key_hash, wrap.lid, wrap.sealed.view(), hash);
    if (!done) return std::unexpected(done.error());
    return *done > 0;
}

// changed: rows of the document itself. The same again leaves no second line (protocol §7).
std::expected<added_document, errc> close_document(connection& db, const std::string& desk, int changed,
                                                   const std::vector<wrap_row>& wraps,
                                                   const trail_write& trail) {
    bool new_wraps = false;
    for (const auto& wrap : wraps) {
        auto put = put_wrap(db, desk, wrap);
        if (!put) return std::unexpected(put.error());
        new_wraps = new_wraps || *put;
    }
    if (changed > 0)
        if (auto ok = trust_changed(db); !ok) return std::unexpected(ok.error());
    auto generation = read_generation(db);
    if (!generation) return std::unexpected(generation.error());
    auto line = changed > 0 || new_wraps ? append(db, trail) : read_head(db, trail.desk);
    if (!line) return std::unexpected(line.error());
    return added_document{changed > 0, std::move(*line), *generation};
}

// After one more was put in.
std::expected<void, errc> few_enough(connection& db, const std::string& desk, std::int32_t today) {
    std::int64_t waiting = 0;
    auto counted = each(db.query("SELECT (SELECT count(*) FROM leden WHERE loket = $1 AND wacht >= $2) + "
                                 "(SELECT count(*) FROM sleutels WHERE loket = $1 AND wacht >= $2)",
                                 desk, today - waiting_days),
                        [&](const rows& r) { waiting = r.integer(0); });
    if (counted && waiting > most_waiting) return std::unexpected(errc::too_many_waiting);
    return counted;
}

// They wait no longer.
std::expected<void, errc> take_up(connection& db, const stand_row& row) {
    const auto listed = [&](const char* sql,
                            const std::vector<std::string>& hashes) -> std::expected<void, errc> {
        for (const auto& hash : hashes) {
            auto done = db.run(sql, hash, row.desk);
            if (!done) return std::unexpected(done.error());
            if (*done == 0 && !row.renews) return std::unexpected(errc::unknown_document);
        }
        return {};
    };
    auto ok = listed("UPDATE leden SET wacht = NULL WHERE hash = $1 AND loket = $2", row.memberships);
    if (ok) ok = listed("UPDATE sleutels SET wacht = NULL WHERE hash = $1 AND loket = $2", row.epoch_keys);
    return ok;
}

}  // namespace

std::expected<bool, errc> add_gids(connection& db, const gids_row& row) {
    auto newest = db.query("SELECT coalesce(max(versie), 0) FROM gids");
    if (!newest) return std::unexpected(newest.error());
    if (auto ok = newest->next(); !ok) return std::unexpected(ok.error());
    if (newest->integer(0) + 1 != row.version) return std::unexpected(errc::wrong_version);
    auto done = db.run("INSERT INTO gids (versie, hash, token, routering) VALUES ($1, $2, $3, $4)",
                       row.version, row.hash, row.token, row.table);
    if (!done) return std::unexpected(done.error());
    if (auto ok = trust_changed(db); !ok) return std::unexpected(ok.error());
    return true;
}

std::expected<added_document, errc> add_membership(connection& db, const membership_row& row,
                                                   const trail_write& trail) {
    auto done = db.run(
        "INSERT INTO leden (hash, loket, lid, token, wacht) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO "
        "NOTHING",
        row.hash, row.desk, row.lid, row.token, row.today);
    if (!done) return std::unexpected(done.error());
    if (*done > 0)
        if (auto ok = few_enough(db, row.desk, row.today); !ok) return std::unexpected(ok.error());
    return close_document(db, row.desk, *done, row.wraps, trail);
}

std::expected<added_document, errc> add_epoch_key(connection& db, const epoch_key_row& row,
                                                  const trail_write& trail) {
    auto done = db.run(
        "INSERT INTO sleutels (hash, loket, epoch, token, wacht) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO "
        "NOTHING",
        row.hash, row.desk, row.epoch, row.token, row.today);
    if (!done) return std::unexpected(done.error());
    if (*done > 0)
        if (auto ok = few_enough(db, row.desk, row.today); !ok) return std::unexpected(ok.error());
    return close_document(db, row.desk, *done, row.wraps, trail);
}

std::expected<added_document, errc> add_stand(connection& db, const stand_row& row,
                                              const trail_write& trail) {
    std::int64_t newest = 0;
    {
        auto found = db.query(
            "SELECT versie, hash FROM standen WHERE loket = $1 ORDER BY versie DESC LIMIT 1", row.desk);
        if (!found) return std::unexpected(found.error());
        auto any = found->next();
        if (!any) return std::unexpected(any.error());
        if (*any) newest = found->integer(0);
        if (*any && newest == row.version && found->text(1) == row.hash) newest = -1;
    }
    if (newest == -1) return close_document(db, row.desk, 0, {}, trail);
    if (newest + 1 != row.version) return std::unexpected(errc::wrong_version);
    auto done = db.run("INSERT INTO standen (loket, versie, hash, token) VALUES ($1, $2, $3, $4)", row.desk,
                       row.version, row.hash, row.token);
    if (!done) return std::unexpected(done.error());
    if (auto ok = take_up(db, row); !ok) return std::unexpected(ok.error());
    return close_document(db, row.desk, *done, {}, trail);
}

std::expected<bool, errc> keep_nonce(connection& db, const crypto::block<16>& mark, std::int64_t until,
                                     std::int64_t now) {
    // Several servers write here, and the clock of one may run ahead of another's, which still believes what
    // is past here.
    constexpr std::int64_t skew = 3600;
    auto forgotten = db.run("DELETE FROM nonces WHERE tot < $1", now - skew);
    if (!forgotten) return std::unexpected(forgotten.error());
    auto done = db.run("INSERT INTO nonces (merk, tot) VALUES ($1, $2) ON CONFLICT DO NOTHING", mark, until);
    if (!done) return std::unexpected(done.error());
    return *done > 0;
}

}  // namespace store::sql
