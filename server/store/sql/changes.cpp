#include "server/store/sql/changes.hpp"

#include "server/store/sql/answers.hpp"
#include "server/store/sql/ended.hpp"
#include "server/store/sql/orders.hpp"
#include "server/store/sql/reads.hpp"
#include "server/store/sql/sightings.hpp"
#include "server/store/sql/trail.hpp"

namespace store::sql {
namespace {

std::expected<std::optional<std::int64_t>, errc> row_number(std::expected<rows, errc> found) {
    auto all = numbers(std::move(found));
    if (!all) return std::unexpected(all.error());
    return all->empty() ? std::nullopt : std::optional(all->front());
}

// The row of a report at its first desk, or, where its key alone is sealed anew, at any that has it.
// not_found, stale, trust_changed.
std::expected<std::int64_t, errc> find(connection& db, const report_change& change) {
    if (change.generation) {
        auto newest = read_generation(db);
        if (!newest) return std::unexpected(newest.error());
        if (*newest != *change.generation) return std::unexpected(errc::trust_changed);
    }
    auto row =
        row_number(db.query("SELECT m.rij FROM meldingen m JOIN ontvangers o ON o.melding = m.rij "
                            "WHERE m.id = $1 AND o.loket = $2 AND o.vrij AND ($3 OR o.rol = 'eerste')",
                            change.id.bytes, change.desk, change.only_sealed));
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::unexpected(errc::not_found);
    auto current = row_number(
        db.query("SELECT rij FROM meldingen WHERE rij = $1 AND revisie = $2", **row, change.revision));
    if (!current) return std::unexpected(current.error());
    if (!*current) return std::unexpected(errc::stale);
    return **row;
}

std::expected<void, errc> set_columns(connection& db, const report_change& change, std::int64_t row) {
    if (change.only_sealed) return {};
    auto ok = did(db.run("UPDATE meldingen SET revisie = revisie + 1 WHERE rij = $1", row));
    if (ok && change.undo) ok = take_back(db, change.id, row);
    // The day of a status is that of its beginning: said again, its term does not begin anew.
    if (ok && change.status)
        ok = did(db.run("UPDATE meldingen SET status = $1, status_dag = $2 WHERE rij = $3 AND status <> $1",
                        *change.status, change.today, row));
    // Nobody waits for an answer any more.
    if (ok && change.status == "afgesloten")
        ok = did(db.run("UPDATE meldingen SET termijn = NULL WHERE rij = $1", row));
    if (ok && change.assignee)
        ok = did(db.run("UPDATE meldingen SET toegewezen = $1 WHERE rij = $2", *change.assignee, row));
    // A day was promised for an answer, and this is the end.
    if (ok && change.status == "afgesloten")
        ok = did(db.run("UPDATE meldingen SET termijn = NULL WHERE rij = $1", row));
    if (!ok || !change.hold) return ok;
    const auto& hold = *change.hold;
    if (!hold)
        return did(
            db.run("UPDATE meldingen SET bewaren_tot = NULL, bewaren_reden = NULL WHERE rij = $1", row));
    return did(db.run("UPDATE meldingen SET bewaren_tot = $1, bewaren_reden = $2 WHERE rij = $3", hold->until,
                      hold->reason, row));
}

}  // namespace

std::expected<changed_report, errc> change(connection& db, const report_change& change,
                                           const trail_write& trail) {
    auto row = find(db, change);
    if (!row) return std::unexpected(row.error());
    if (auto ok = set_columns(db, change, *row); !ok) return std::unexpected(ok.error());
    for (const auto& to : change.sealed_anew) {
        auto done = db.run(
            "UPDATE ontvangers SET epoch = $1, sleutel = $2, sealed = $3, hash = $4 WHERE melding = $5 "
            "AND loket = $6",
            to.epoch, to.key_mark, to.sealed_key.view(), to.hash, *row, to.desk);
        if (!done) return std::unexpected(done.error());
        if (*done == 0) return std::unexpected(errc::stale);
        if (auto ok = sealed_anew_for(db, change.id, to.desk); !ok) return std::unexpected(ok.error());
    }
    if (change.status)
        if (auto ok = opened_by_doing(db, *row, change); !ok) return std::unexpected(ok.error());
    if (!change.sealed_anew.empty())
        if (auto ok = leave_remains(db); !ok) return std::unexpected(ok.error());
    auto line = append(db, trail);
    if (!line) return std::unexpected(line.error());
    auto desks = come_again(db, *row);
    if (!desks) return std::unexpected(desks.error());
    return changed_report{change.revision + (change.only_sealed ? 0 : 1), std::move(*line),
                          std::move(*desks)};
}

std::expected<std::vector<overdue_report>, errc> read_overdue(connection& db, std::int64_t hour) {
    std::vector<overdue_report> out;
    auto done = each(db.query("SELECT m.id, e.loket, a.loket, a.vrij_uur FROM ontvangers a JOIN meldingen m "
                              "ON m.rij = a.melding "
                              "JOIN ontvangers e ON e.melding = m.rij AND e.rol = 'eerste' "
                              "WHERE a.vrij_uur IS NOT NULL AND a.vrij_uur <= $1 LIMIT 500",
                              hour),
                     [&](const rows& r) {
                         overdue_report one{{}, std::string(r.text(1)), std::string(r.text(2)), r.integer(3)};
                         one.id.bytes = crypto::to_block<16>(r.blob(0)).value_or(crypto::block<16>{});
                         out.push_back(std::move(one));
                     });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::optional<std::vector<std::string>>, errc> release(
    connection& db, const overdue_report& what, std::int64_t hour,
    const std::function<std::string(const head&)>& line) {
    auto done = db.run(
        "UPDATE ontvangers SET vrij = $1, vrij_uur = NULL WHERE vrij_uur <= $2 AND loket = $3 "
        "AND melding = (SELECT m.rij FROM meldingen m WHERE m.id = $4)",
        true, hour, what.fallback, what.id.bytes);
    if (!done) return std::unexpected(done.error());
    if (*done == 0) return std::nullopt;
    for (const auto& desk : {what.first, what.fallback})
        if (auto grown = append(db, {desk, line}); !grown) return std::unexpected(grown.error());
    auto row = row_number(db.query("SELECT rij FROM meldingen WHERE id = $1", what.id.bytes));
    if (!row) return std::unexpected(row.error());
    auto desks = come_again(db, row->value_or(0));
    if (!desks) return std::unexpected(desks.error());
    return std::optional(std::move(*desks));
}

}  // namespace store::sql
