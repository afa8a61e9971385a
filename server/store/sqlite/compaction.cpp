#include "server/store/sqlite/compaction.hpp"

#include <chrono>
#include <thread>

#include "server/store/sql/answers.hpp"

namespace store::sqlite {

using sql::did;
using sql::numbers;

std::expected<sql::unsorted_rows, errc> unsorted(sql::connection& db, std::int32_t before) {
    auto reports = numbers(db.query("SELECT rij FROM meldingen WHERE vers AND dag < $1", before));
    if (!reports) return std::unexpected(reports.error());
    auto messages = numbers(db.query("SELECT rij FROM berichten WHERE vers AND dag < $1", before));
    if (!messages) return std::unexpected(messages.error());
    auto attachments =
        numbers(db.query("SELECT rij FROM bijlagen WHERE vers AND melding IS NOT NULL AND dag < $1", before));
    if (!attachments) return std::unexpected(attachments.error());
    auto chunks = numbers(
        db.query("SELECT b.rij FROM bijlagen a CROSS JOIN brokken b WHERE b.bijlage = a.id AND b.vers "
                 "AND a.melding IS NOT NULL AND a.dag < $1",
                 before));
    if (!chunks) return std::unexpected(chunks.error());
    return sql::unsorted_rows{std::move(*reports), std::move(*messages), std::move(*attachments),
                              std::move(*chunks)};
}

std::expected<void, errc> place_report_anew(connection& db, std::int64_t row) {
    // Its recipients follow it within this transaction.
    if (auto ok = db.script("PRAGMA defer_foreign_keys = ON"); !ok) return ok;
    auto moved =
        numbers(db.query("UPDATE meldingen SET rij = (SELECT max(rij) + 1 FROM meldingen), vers = 0 "
                         "WHERE rij = $1 AND vers RETURNING rij",
                         row));
    if (!moved) return std::unexpected(moved.error());
    if (moved->empty()) return {};
    auto added = db.run(
        "INSERT INTO ontvangers (melding, loket, rol, epoch, sleutel, sealed, vrij, status, hash, vrij_uur) "
        "SELECT $1, loket, rol, epoch, sleutel, sealed, vrij, status, hash, vrij_uur FROM ontvangers "
        "WHERE melding = $2 ORDER BY random()",
        moved->front(), row);
    if (!added) return std::unexpected(added.error());
    auto gone = db.run("DELETE FROM ontvangers WHERE melding = $1", row);
    if (!gone) return std::unexpected(gone.error());
    return {};
}

std::expected<void, errc> place_message_anew(connection& db, std::int64_t row) {
    return did(db.run(
        "UPDATE berichten SET rij = (SELECT max(rij) + 1 FROM berichten), vers = 0 WHERE rij = $1 AND vers",
        row));
}

std::expected<void, errc> place_attachment_anew(connection& db, std::int64_t row) {
    return did(db.run(
        "UPDATE bijlagen SET rij = (SELECT max(rij) + 1 FROM bijlagen), vers = 0 WHERE rij = $1 AND vers",
        row));
}

std::expected<void, errc> place_chunk_anew(connection& db, std::int64_t row) {
    return did(db.run(
        "UPDATE brokken SET rij = (SELECT max(rij) + 1 FROM brokken), vers = 0 WHERE rij = $1 AND vers",
        row));
}

std::expected<void, errc> wipe_log(const std::string& file) {
    auto db = connection::open(file, mode::write);
    if (!db) return std::unexpected(db.error());
    // Cutting keeps commits waiting, so it waits for others only a moment itself: for a reader, or for the
    // checkpointer at its work.
    if (auto ok = (*db)->script("PRAGMA busy_timeout = 100"); !ok) return ok;
    auto cut = std::expected<void, errc>(std::unexpected(errc::busy));
    for (int attempts = 20; attempts > 0 && !cut; --attempts) {
        (void)(*db)->checkpoint();  // most of it beside the commits
        cut = (*db)->cut_log();
        if (!cut) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return cut;
}

}  // namespace store::sqlite
