#include "server/store/sql/orders.hpp"

#include "server/store/sql/answers.hpp"
#include "server/store/sql/ended.hpp"
#include "server/store/sql/sightings.hpp"
#include "server/store/sql/trail.hpp"

namespace store::sql {
namespace {

std::int32_t day_of(const rows& r, int column) { return static_cast<std::int32_t>(r.integer(column)); }

// What is asked of a report before its end: at this desk, and with this revision. not_found, stale.
struct found_report {
    end_state state;
    doomed report;
};
std::expected<found_report, errc> find(connection& db, const std::string& desk, const crypto::uuid& id,
                                       std::int64_t revision) {
    auto state = read_end_state(db, desk, id);
    if (!state) return std::unexpected(state.error());
    if (state->revision != revision) return std::unexpected(errc::stale);
    auto report = found(db, db.query("SELECT rij, dag, status FROM meldingen WHERE id = $1", id.bytes));
    if (!report) return std::unexpected(report.error());
    if (!*report) return std::unexpected(errc::not_found);
    return found_report{std::move(*state), std::move(**report)};
}

// One more of this day; too_many.
std::expected<void, errc> count(connection& db, const new_order& one) {
    const auto& [id, desk, revision, order, most] = one;
    auto ok =
        did(db.run("INSERT INTO opdrachtdagen (loket, lid, dag, aantal) VALUES ($1, $2, $3, 1) ON CONFLICT "
                   "(loket, lid) DO "
                   "UPDATE SET aantal = CASE WHEN opdrachtdagen.dag = excluded.dag THEN opdrachtdagen.aantal "
                   "+ 1 ELSE 1 END, "
                   "dag = excluded.dag",
                   desk, order.lid, order.day));
    if (!ok) return ok;
    auto today =
        numbers(db.query("SELECT aantal FROM opdrachtdagen WHERE loket = $1 AND lid = $2", desk, order.lid));
    if (!today) return std::unexpected(today.error());
    if (today->empty() || today->front() > most) return std::unexpected(errc::too_many);
    return {};
}

// The officer's line, and one at each of the report's other desks that names it.
std::expected<head, errc> tell(connection& db, const doomed& report, const trail_write& trail,
                               const line_elsewhere& elsewhere) {
    auto own = append(db, trail);
    if (!own) return own;
    for (const auto& desk : report.desks) {
        if (desk == trail.desk) continue;
        auto line = append(db, {desk, [&](const head& previous) { return elsewhere(previous, *own); }});
        if (!line) return line;
    }
    return own;
}

}  // namespace

std::expected<end_state, errc> read_end_state(connection& db, const std::string& desk,
                                              const crypto::uuid& id) {
    std::optional<end_state> out;
    auto done = each(
        db.query("SELECT o.rol, m.status, m.revisie, m.spoed, m.geopend, " UNREAD_MESSAGE
                 ", " OPENED_BY_ANOTHER
                 ", m.bewaren_tot, p.lid, p.sleutel, p.beheerder, p.stand, p.dag, p.reden FROM meldingen m "
                 "JOIN ontvangers o ON o.melding = m.rij LEFT JOIN opdrachten p ON p.melding = m.id "
                 "WHERE m.id = $1 AND o.loket = $2 AND o.vrij",
                 id.bytes, desk),
        [&](const rows& r) {
            auto& one = out.emplace();
            one.role = r.text(0);
            one.status = r.text(1);
            one.revision = r.integer(2);
            one.urgent = r.boolean(3);
            one.opened = r.boolean(4);
            one.unread = r.boolean(5);
            one.opened_by_another = r.boolean(6);
            if (!r.is_null(7)) one.held_until = day_of(r, 7);
            if (r.is_null(8)) return;
            one.order =
                order{std::string(r.text(8)), crypto::to_block<32>(r.blob(9)).value_or(crypto::sign_public{}),
                      r.boolean(10),          r.integer(11),
                      day_of(r, 12),          std::string(r.text(13))};
        });
    if (!done) return std::unexpected(done.error());
    if (!out) return std::unexpected(errc::not_found);
    return std::move(*out);
}

std::expected<placed_order, errc> place_order(connection& db, const new_order& one, const trail_write& trail,
                                              const line_elsewhere& elsewhere) {
    auto at = find(db, one.desk, one.id, one.revision);
    if (!at) return std::unexpected(at.error());
    if (at->state.role != "eerste" || at->state.order) return std::unexpected(errc::stale);
    if (at->state.held_until && *at->state.held_until >= one.order.day) return std::unexpected(errc::on_hold);
    if (auto ok = count(db, one); !ok) return std::unexpected(ok.error());
    auto ok = did(
        db.run("INSERT INTO opdrachten (melding, loket, lid, sleutel, beheerder, stand, dag, reden, status) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
               one.id.bytes, one.desk, one.order.lid, one.order.key, one.order.lead, one.order.stand,
               one.order.day, one.order.reason, at->report.status));
    if (ok)
        ok = did(
            db.run("UPDATE meldingen SET status = 'wordt-vernietigd', revisie = revisie + 1 WHERE rij = $1",
                   at->report.row));
    if (!ok) return std::unexpected(ok.error());
    auto own = tell(db, at->report, trail, elsewhere);
    if (!own) return std::unexpected(own.error());
    auto desks = come_again(db, at->report.row);
    if (!desks) return std::unexpected(desks.error());
    auto after = read_end_state(db, one.desk, one.id);
    if (!after) return std::unexpected(after.error());
    return placed_order{after->revision, after->opened_by_another, std::move(*own), std::move(*desks)};
}

std::expected<ended_report, errc> confirm(connection& db, const confirmation& by, const trail_write& trail,
                                          const line_elsewhere& elsewhere) {
    auto at = find(db, trail.desk, by.id, by.revision);
    if (!at) return std::unexpected(at.error());
    auto& [state, report] = *at;
    if (state.role != "eerste" || !state.order || state.order->lid == by.lid)
        return std::unexpected(errc::stale);
    if (state.needs_lead() && !state.order->lead && !by.lead) return std::unexpected(errc::needs_lead);
    if (auto ok = leave_behind(db, by.id, by.today, report); !ok) return std::unexpected(ok.error());
    auto own = tell(db, report, trail, elsewhere);
    if (!own) return std::unexpected(own.error());
    if (auto gone = take_away(db, by.id); !gone) return std::unexpected(gone.error());
    return ended_report{std::move(*own), {}};
}

std::expected<void, errc> take_back(connection& db, const crypto::uuid& id, std::int64_t row) {
    auto done = db.run(
        "UPDATE meldingen SET status = (SELECT p.status FROM opdrachten p WHERE p.melding = $1) "
        "WHERE rij = $2 AND EXISTS (SELECT 1 FROM opdrachten p WHERE p.melding = $1)",
        id.bytes, row);
    if (!done) return std::unexpected(done.error());
    if (*done == 0) return std::unexpected(errc::stale);
    return did(db.run("DELETE FROM opdrachten WHERE melding = $1", id.bytes));
}

std::expected<std::vector<due_order>, errc> read_due_orders(connection& db, std::int32_t today) {
    std::vector<due_order> out;
    auto done =
        each(db.query("SELECT p.melding, p.lid, p.dag, p.reden FROM opdrachten p JOIN meldingen m ON m.id = "
                      "p.melding WHERE p.dag < $1 AND " FALLS_DUE,
                      today - order_days),
             [&](const rows& r) {
                 due_order one{{}, std::string(r.text(1)), day_of(r, 2), std::string(r.text(3))};
                 one.id.bytes = crypto::to_block<16>(r.blob(0)).value_or(crypto::block<16>{});
                 out.push_back(std::move(one));
             });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<bool, errc> destroy(connection& db, const due_order& order, std::int32_t today,
                                  const std::function<std::string(const head& previous)>& line) {
    // All of it is judged once more: a message may have come, or the order was taken back and given anew.
    auto gone =
        found(db, db.query("SELECT m.rij, m.dag, m.status FROM opdrachten p JOIN meldingen m ON m.id = "
                           "p.melding WHERE p.melding = $1 AND p.lid = $2 AND p.dag = $3 AND p.dag < $4 "
                           "AND " FALLS_DUE,
                           order.id.bytes, order.lid, order.day, today - order_days));
    return end(db, order.id, today, std::move(gone), line);
}

std::expected<ended_report, errc> give_up_key(connection& db, const crypto::uuid& id, std::int64_t revision,
                                              const trail_write& trail) {
    auto at = find(db, trail.desk, id, revision);
    if (!at) return std::unexpected(at.error());
    // Whoever became the first desk in the meantime answers for it.
    if (at->state.role == "eerste") return std::unexpected(errc::stale);
    auto gone =
        did(db.run("DELETE FROM ontvangers WHERE melding = $1 AND loket = $2", at->report.row, trail.desk));
    if (gone) gone = leave_remains(db);
    if (!gone) return std::unexpected(gone.error());
    auto own = append(db, trail);
    if (!own) return std::unexpected(own.error());
    auto desks = come_again(db, at->report.row);
    if (!desks) return std::unexpected(desks.error());
    return ended_report{std::move(*own), std::move(*desks)};
}

std::expected<void, errc> forget_order_days(connection& db, std::int32_t today) {
    return did(db.run("DELETE FROM opdrachtdagen WHERE dag < $1", today));
}

}  // namespace store::sql
