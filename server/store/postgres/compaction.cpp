#include "server/store/postgres/compaction.hpp"

#include "server/store/postgres/locks.hpp"
#include "server/store/sql/answers.hpp"

namespace store::postgres {

using sql::did;
using sql::numbers;

std::expected<sql::unsorted_rows, errc> unsorted(sql::connection& db, std::int32_t before) {
    auto reports = numbers(db.query("SELECT rij FROM meldingen_dag WHERE dag < $1", before));
    if (!reports) return std::unexpected(reports.error());
    auto messages = numbers(db.query("SELECT rij FROM berichten_dag WHERE dag < $1", before));
    if (!messages) return std::unexpected(messages.error());
    auto attachments =
        numbers(db.query("SELECT rij FROM bijlagen_dag WHERE melding IS NOT NULL AND dag < $1", before));
    if (!attachments) return std::unexpected(attachments.error());
    auto chunks =
        numbers(db.query("SELECT b.rij FROM brokken_dag b JOIN bijlagen a ON a.id = b.bijlage "
                         "WHERE a.melding IS NOT NULL AND a.dag < $1",
                         before));
    if (!chunks) return std::unexpected(chunks.error());
    return sql::unsorted_rows{std::move(*reports), std::move(*messages), std::move(*attachments),
                              std::move(*chunks)};
}

std::expected<void, errc> place_report_anew(connection& db, std::int64_t row) {
    return did(
        db.run("WITH oud AS (DELETE FROM meldingen_dag WHERE rij = $1 RETURNING *), "
               "deel AS (DELETE FROM ontvangers_dag WHERE melding = $1 RETURNING *), "
               "nieuw AS (INSERT INTO meldingen (id, verzoek, dag, spoed, status, revisie, postbus, "
               "toegewezen, termijn, body, hash, geopend, status_dag, bewaren_tot, bewaren_reden) "
               "SELECT id, verzoek, dag, spoed, status, revisie, postbus, toegewezen, termijn, body, "
               "hash, geopend, "
               "status_dag, bewaren_tot, bewaren_reden FROM oud RETURNING rij) "
               "INSERT INTO ontvangers (melding, loket, rol, epoch, sleutel, sealed, vrij, status, hash, "
               "vrij_uur) SELECT nieuw.rij, loket, rol, epoch, sleutel, sealed, vrij, status, hash, vrij_uur "
               "FROM deel, nieuw ORDER BY random()",
               row));
}

std::expected<void, errc> place_message_anew(connection& db, std::int64_t row) {
    return did(
        db.run("WITH oud AS (DELETE FROM berichten_dag WHERE rij = $1 RETURNING *) "
               "INSERT INTO berichten (id, melding, soort, dag, gelezen, ontvangers, body) "
               "SELECT id, melding, soort, dag, gelezen, ontvangers, body FROM oud",
               row));
}

std::expected<void, errc> place_attachment_anew(connection& db, std::int64_t row) {
    return did(
        db.run("WITH oud AS (DELETE FROM bijlagen_dag WHERE rij = $1 RETURNING *) "
               "INSERT INTO bijlagen (id, melding, bericht, nummer, dag, totaal, grootte, ronde) "
               "SELECT id, melding, bericht, nummer, dag, totaal, grootte, ronde FROM oud",
               row));
}

std::expected<void, errc> place_chunk_anew(connection& db, std::int64_t row) {
    return did(
        db.run("WITH oud AS (DELETE FROM brokken_dag WHERE rij = $1 RETURNING *) "
               "INSERT INTO brokken (bijlage, van, bytes, hash) SELECT bijlage, van, bytes, hash FROM oud",
               row));
}

std::expected<void, errc> begin_day_anew(connection& db) {
    // So many are written again within a second or two, in which nothing else is.
    constexpr std::int64_t most = 20'000;
    if (auto ok = db.script(std::string("BEGIN; ") + lock_batches); !ok) return ok;
    // A piece weighs as much as a dozen reports.
    auto left = numbers(
        db.query("SELECT (SELECT count(*) FROM meldingen_dag) + 12 * (SELECT count(*) FROM brokken_dag)"));
    std::expected<void, errc> out;
    if (!left)
        out = std::unexpected(left.error());
    else if (left->front() > most)
        out = std::unexpected(errc::busy);
    else
        out = db.script(
            "CREATE TEMP TABLE meldingen_rest ON COMMIT DROP AS SELECT * FROM meldingen_dag; "
            "CREATE TEMP TABLE ontvangers_rest ON COMMIT DROP AS SELECT * FROM ontvangers_dag; "
            "CREATE TEMP TABLE berichten_rest ON COMMIT DROP AS SELECT * FROM berichten_dag; "
            "CREATE TEMP TABLE bijlagen_rest ON COMMIT DROP AS SELECT * FROM bijlagen_dag; "
            "CREATE TEMP TABLE brokken_rest ON COMMIT DROP AS SELECT * FROM brokken_dag; "
            "CREATE TEMP TABLE wraps_rest ON COMMIT DROP AS SELECT * FROM wraps; "
            "TRUNCATE meldingen_dag, ontvangers_dag, berichten_dag, bijlagen_dag, brokken_dag, wraps; "
            "INSERT INTO meldingen_dag SELECT * FROM meldingen_rest ORDER BY rij; "
            "INSERT INTO ontvangers_dag SELECT * FROM ontvangers_rest ORDER BY plaats; "
            "INSERT INTO berichten_dag SELECT * FROM berichten_rest ORDER BY rij; "
            "INSERT INTO bijlagen_dag SELECT * FROM bijlagen_rest ORDER BY rij; "
            "INSERT INTO brokken_dag SELECT * FROM brokken_rest ORDER BY rij; "
            "INSERT INTO wraps SELECT * FROM wraps_rest");
    if (out) return db.commit({});
    (void)db.script("ROLLBACK");
    return out;
}

std::expected<void, errc> overwrite_remains(connection& db) {
    auto any = numbers(db.query("SELECT resten FROM tellers"));
    if (!any) return std::unexpected(any.error());
    if (any->empty() || any->front() == 0) return {};
    // First the mark: what is taken away while the table is rewritten is for the next night.
    if (auto ok = did(db.run("UPDATE tellers SET resten = 0")); !ok) return ok;
    // Rows that went, or that were replaced, lie in the file until something else does. Without its sealed
    // keys nobody can read a body, so that table may keep what is left of those.
    auto rewritten = db.script("VACUUM FULL ontvangers");
    if (!rewritten) (void)db.run("UPDATE tellers SET resten = 1");
    return rewritten;
}

}  // namespace store::postgres
