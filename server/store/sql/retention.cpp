#include "server/store/sql/retention.hpp"

#include <map>

#include "server/store/sql/ended.hpp"
#include "server/store/sql/orders.hpp"
#include "server/store/sql/trail.hpp"

namespace store::sql {
namespace {

crypto::uuid id_of(crypto::byte_view bytes) {
    crypto::uuid out;
    out.bytes = crypto::to_block<16>(bytes).value_or(crypto::block<16>{});
    return out;
}

std::int32_t day_of(const rows& r, int column) { return static_cast<std::int32_t>(r.integer(column)); }

template <class... Args>
std::expected<void, errc> did(connection& db, const char* sql, const Args&... args) {
    auto done = db.run(sql, args...);
    if (!done) return std::unexpected(done.error());
    return {};
}

// Of a report m: this status ($2), now or before it was ordered to be destroyed. Its term runs on meanwhile.
#define HAS_STATUS                                                                                   \
    "(m.status = $2 OR (m.status = 'wordt-vernietigd' AND EXISTS (SELECT 1 FROM opdrachten p WHERE " \
    "p.melding = m.id AND p.status = $2)))"

std::expected<std::optional<doomed>, errc> find(connection& db, const destruction& how) {
    return found(
        db,
        db.query("SELECT rij, dag, status FROM meldingen m WHERE id = $1 AND " HAS_STATUS " AND status_dag "
                 "= $3 AND geopend "
                 "AND coalesce(bewaren_tot, 0) < $4 AND NOT EXISTS "
                 "(SELECT 1 FROM berichten b WHERE b.melding = m.id AND b.soort = 2 AND NOT b.gelezen)",
                 how.id.bytes, how.status, how.since, how.today));
}

}  // namespace

std::expected<std::vector<ending_report>, errc> read_ending(connection& db, const std::string& status,
                                                            std::int32_t since) {
    std::vector<ending_report> out;
    auto done =
        each(db.query("SELECT m.id, o.loket, m.status_dag, m.geopend, m.bewaren_tot, m.bewaren_reden, EXISTS "
                      "(SELECT 1 FROM berichten b WHERE b.melding = m.id AND b.soort = 2 AND NOT b.gelezen), "
                      "(SELECT w.dag FROM waarschuwingen w WHERE w.melding = m.id AND w.soort = '3') "
                      "FROM meldingen m CROSS JOIN ontvangers o WHERE o.melding = m.rij AND o.rol = 'eerste' "
                      "AND m.status_dag <= $1 AND " HAS_STATUS,
                      since, status),
             [&](const rows& r) {
                 ending_report one;
                 one.id = id_of(r.blob(0));
                 one.desk = r.text(1);
                 one.status = status;
                 one.since = day_of(r, 2);
                 one.opened = r.boolean(3);
                 if (!r.is_null(4)) one.hold_until = day_of(r, 4);
                 if (!r.is_null(5)) one.hold_reason = r.text(5);
                 one.unanswered = r.boolean(6);
                 if (!r.is_null(7)) one.announced = day_of(r, 7);
                 out.push_back(std::move(one));
             });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<std::vector<unread_report>, errc> read_unread(connection& db, const unread_query& query) {
    std::vector<unread_report> out;
    auto done = each(
        db.query(
            "SELECT m.id, o.loket, m.dag, m.spoed FROM meldingen m CROSS JOIN ontvangers o "
            "WHERE o.melding = m.rij AND o.rol = 'eerste' AND NOT m.geopend "
            "AND (m.dag <= $1 OR (m.spoed AND m.dag <= $2)) AND ($3 OR NOT EXISTS "
            "(SELECT 1 FROM waarschuwingen w WHERE w.melding = m.id AND w.soort = 'ongelezen')) LIMIT $4",
            query.day, query.urgent, query.told, query.limit),
        [&](const rows& r) {
            out.push_back({id_of(r.blob(0)), std::string(r.text(1)), day_of(r, 2), r.boolean(3)});
        });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<int, errc> warn(connection& db, const std::vector<crypto::uuid>& ids, const std::string& kind,
                              std::int32_t today) {
    int fresh = 0;
    for (const auto& id : ids) {
        auto done = db.run(
            "INSERT INTO waarschuwingen (melding, soort, dag) SELECT $1, $2, $3 "
            "WHERE EXISTS (SELECT 1 FROM meldingen WHERE id = $1) ON CONFLICT (melding, soort) "
            // A clock that was ahead once would otherwise have said so for years to come.
            "DO UPDATE SET dag = excluded.dag WHERE waarschuwingen.dag > excluded.dag",
            id.bytes, kind, today);
        if (!done) return std::unexpected(done.error());
        fresh += *done;
    }
    return fresh;
}

std::expected<bool, errc> destroy(connection& db, const destruction& how) {
    return end(db, how.id, how.today, find(db, how), how.line);
}

std::expected<std::vector<unopenable_report>, errc> read_unopenable(connection& db, std::int32_t since,
                                                                    std::int32_t today) {
    std::vector<unopenable_report> out;
    auto done =
        each(db.query("SELECT n.melding, n.dag FROM onopenbaar n JOIN meldingen m ON m.id = n.melding "
                      "WHERE n.dag <= $1 AND coalesce(m.bewaren_tot, 0) < $2",
                      since, today),
             [&](const rows& r) { out.push_back({id_of(r.blob(0)), day_of(r, 1)}); });
    if (!done) return std::unexpected(done.error());
    return out;
}

std::expected<bool, errc> destroy(connection& db, const unopenable_destruction& how) {
    auto gone = found(db, db.query("SELECT m.rij, m.dag, m.status FROM meldingen m JOIN onopenbaar n "
                                   "ON n.melding = m.id WHERE m.id = $1 AND n.dag = $2 "
                                   "AND coalesce(m.bewaren_tot, 0) < $3",
                                   how.what.id.bytes, how.what.since, how.today));
    return end(db, how.what.id, how.today, std::move(gone), how.line);
}

namespace {

// A clock that runs ahead must not cost a desk the week in which it lives: what is older than the newest that
// a report was ever sealed to. A message of a thread keeps its week's key alive as a report does, and a
// report that no desk can open keeps none.
#define OUTLIVED                                                                        \
    "FROM wraps WHERE epoch < $1 AND epoch < (SELECT max(r.epoch) FROM ontvangers r) "  \
    "AND epoch < (SELECT max(s.epoch) FROM sleutels s WHERE s.loket = wraps.loket) "    \
    "AND NOT EXISTS (SELECT 1 FROM ontvangers o JOIN meldingen m ON m.rij = o.melding " \
    "WHERE o.loket = wraps.loket AND o.epoch = wraps.epoch "                            \
    "AND NOT EXISTS (SELECT 1 FROM onopenbaar n WHERE n.melding = m.id)) "              \
    "AND NOT EXISTS (SELECT 1 FROM berichten b WHERE b.ontvangers LIKE '%' || wraps.epoch || '%')"

// The wraps of epochs that nothing is sealed to any more, with a line in each desk's trail.
std::expected<void, errc> destroy_keys(connection& db, const std::string& epoch, const expiry_line& line) {
    std::map<std::string, std::string> gone;  // by desk: its epochs
    auto found = each(db.query("SELECT DISTINCT loket, epoch " OUTLIVED " ORDER BY loket, epoch", epoch),
                      [&](const rows& r) {
                          auto& epochs = gone[std::string(r.text(0))];
                          epochs += (epochs.empty() ? "" : " ") + std::string(r.text(1));
                      });
    if (!found || gone.empty()) return found;
    if (auto ok = did(db, "DELETE " OUTLIVED, epoch); !ok) return ok;
    for (const auto& [desk, epochs] : gone) {
        auto grown = append(db, {desk, [&](const head& previous) { return line(previous, epochs); }});
        if (!grown) return std::unexpected(grown.error());
    }
    return leave_remains(db);
}

// Documents that waited for a stand too long, and the wraps that came with them. A member may be known by
// another document, so only wraps of a key that goes go with it, or of somebody of whom nothing stays.
std::expected<void, errc> drop_waiting(connection& db, std::int32_t before) {
    auto keys =
        db.run("DELETE FROM wraps WHERE sleutel IN (SELECT hash FROM sleutels WHERE wacht < $1)", before);
    if (!keys) return std::unexpected(keys.error());
    auto members = db.run(
        "DELETE FROM wraps WHERE EXISTS (SELECT 1 FROM leden l WHERE l.loket = wraps.loket AND l.lid = "
        "wraps.lid AND l.wacht < $1) AND NOT EXISTS (SELECT 1 FROM leden l WHERE l.loket = wraps.loket AND "
        "l.lid = wraps.lid AND (l.wacht IS NULL OR l.wacht >= $1))",
        before);
    if (!members) return std::unexpected(members.error());
    int documents = 0;
    for (const char* sql : {"DELETE FROM leden WHERE wacht < $1", "DELETE FROM sleutels WHERE wacht < $1"}) {
        auto gone = db.run(sql, before);
        if (!gone) return std::unexpected(gone.error());
        documents += *gone;
    }
    std::expected<void, errc> ok;
    if (documents > 0) ok = did(db, "UPDATE tellers SET vertrouwen = vertrouwen + 1");
    if (ok && *keys + *members > 0) ok = leave_remains(db);
    return ok;
}

}  // namespace

std::expected<void, errc> expire(connection& db, std::int32_t today, const std::string& epoch,
                                 const expiry_line& line) {
    auto ok = did(db, "DELETE FROM schillen WHERE tot < $1", today);
    if (ok) ok = did(db, "DELETE FROM vernietigd WHERE dag < $1", today - destroyed_days);
    if (ok) ok = forget_order_days(db, today);
    if (ok) ok = destroy_keys(db, epoch, line);
    if (ok) ok = drop_waiting(db, today - waiting_days);
    return ok;
}

}  // namespace store::sql
