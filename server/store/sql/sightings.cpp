#include "server/store/sql/sightings.hpp"

#include <optional>

#include "server/store/sql/answers.hpp"
#include "server/store/sql/trail.hpp"

namespace store::sql {
namespace {

constexpr std::string_view does_not_open = "niet-te-openen", opens = "geopend", changed_status = "status";

struct place_of {
    std::int64_t row = 0;
    bool first = false;  // the desk that asks is its first
};

std::expected<place_of, errc> find(connection& db, const sighting& what) {
    std::optional<place_of> out;
    auto done = each(db.query("SELECT m.rij, o.rol FROM meldingen m JOIN ontvangers o ON o.melding = m.rij "
                              "WHERE m.id = $1 AND o.loket = $2 AND o.vrij",
                              what.report.bytes, what.desk),
                     [&](const rows& r) { out = place_of{r.integer(0), r.text(1) == "eerste"}; });
    if (!done) return std::unexpected(done.error());
    if (!out) return std::unexpected(errc::not_found);
    return *out;
}

// Whether it was said before: by the same member, of the same report, in the same bytes. id_taken.
std::expected<bool, errc> said_before(connection& db, const sighting& what) {
    bool any = false, same = false;
    auto done = each(db.query("SELECT melding, lid, verzoek FROM inzagen WHERE loket = $1 AND id = $2",
                              what.desk, what.id.bytes),
                     [&](const rows& r) {
                         any = true;
                         same = crypto::to_block<16>(r.blob(0)) == what.report.bytes &&
                                r.text(1) == what.lid && !r.is_null(2) &&
                                crypto::to_block<32>(r.blob(2)) == what.request_hash;
                     });
    if (!done) return std::unexpected(done.error());
    if (any && !same) return std::unexpected(errc::id_taken);
    return any;
}

// The first desk opened it: nobody waits for that any more, and nothing tells by when. Whether it was news.
std::expected<bool, errc> mark_opened(connection& db, std::int64_t row) {
    auto fresh = db.run("UPDATE meldingen SET geopend = TRUE WHERE rij = $1 AND NOT geopend", row);
    if (!fresh) return std::unexpected(fresh.error());
    auto ok =
        did(db.run("UPDATE ontvangers SET vrij_uur = NULL WHERE melding = $1 AND vrij_uur IS NOT NULL", row));
    if (!ok) return std::unexpected(ok.error());
    return *fresh > 0;
}

std::expected<bool, errc> no_longer_unopenable(connection& db, const crypto::uuid& report) {
    auto gone = db.run("DELETE FROM onopenbaar WHERE melding = $1", report.bytes);
    if (!gone) return std::unexpected(gone.error());
    return *gone > 0;
}

// Somebody opened it: whoever said before that it does not open was not right, or is not any more.
std::expected<bool, errc> does_open(connection& db, const crypto::uuid& report) {
    auto ok = did(db.run("UPDATE inzagen SET geldt = FALSE WHERE melding = $1 AND geldt", report.bytes));
    if (!ok) return std::unexpected(ok.error());
    return no_longer_unopenable(db, report);
}

// Its fallback gets its key at once, with a line in both trails; whether there was one that waited.
std::expected<bool, errc> release_fallback(connection& db, std::int64_t row, const sighting& what) {
    std::string fallback;
    auto found = each(
        db.query("SELECT loket FROM ontvangers WHERE melding = $1 AND rol = 'achtervang' AND NOT vrij", row),
        [&](const rows& r) { fallback = r.text(0); });
    if (!found) return std::unexpected(found.error());
    if (fallback.empty()) return false;
    auto ok =
        did(db.run("UPDATE ontvangers SET vrij = TRUE, vrij_uur = NULL WHERE melding = $1 AND loket = $2",
                   row, fallback));
    if (!ok) return std::unexpected(ok.error());
    for (const auto& desk : {what.desk, fallback}) {
        auto grown = append(
            db, {desk, [&](const head& previous) { return what.released(previous, what.desk, fallback); }});
        if (!grown) return std::unexpected(grown.error());
    }
    return true;
}

// Whether this desk said so: the first by two members, a lead among them (protocol §11).
std::expected<bool, errc> cannot_open(connection& db, const crypto::uuid& report, const std::string& desk,
                                      bool first) {
    std::int64_t members = 0, leads = 0;
    auto done = each(
        db.query("SELECT count(DISTINCT lid), count(DISTINCT CASE WHEN rol = 'beheerder' THEN lid END) "
                 "FROM inzagen WHERE melding = $1 AND loket = $2 AND handeling = 'niet-te-openen' AND geldt",
                 report.bytes, desk),
        [&](const rows& r) {
            members = r.integer(0);
            leads = r.integer(1);
        });
    if (!done) return std::unexpected(done.error());
    return first ? members >= 2 && leads >= 1 : members >= 1;
}

// Notes since when no desk that has it can open it, once that is so; whether it was news.
std::expected<bool, errc> judge_unopenable(connection& db, std::int64_t row, const sighting& what) {
    struct recipient {
        std::string desk;
        bool first, released;
    };
    std::vector<recipient> all;
    auto found = each(
        db.query("SELECT loket, rol, vrij FROM ontvangers WHERE melding = $1", row),
        [&](const rows& r) { all.push_back({std::string(r.text(0)), r.text(1) == "eerste", r.boolean(2)}); });
    if (!found) return std::unexpected(found.error());
    for (const auto& one : all) {
        if (!one.released) return false;
        auto cannot = cannot_open(db, what.report, one.desk, one.first);
        if (!cannot || !*cannot) return cannot;
    }
    auto noted = db.run("INSERT INTO onopenbaar (melding, dag) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        what.report.bytes, what.today);
    if (!noted) return std::unexpected(noted.error());
    return *noted > 0;
}

std::expected<void, errc> keep(connection& db, const sighting& what,
                               const std::optional<crypto::block<32>>& request) {
    return did(
        db.run("INSERT INTO inzagen (loket, id, melding, lid, rol, handeling, verzoek, geldt) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
               what.desk, what.id.bytes, what.report.bytes, what.lid, what.role, what.what, request,
               what.what == does_not_open));
}

// What follows from it; whether its row changed.
std::expected<bool, errc> follow(connection& db, const sighting& what, const place_of& at) {
    bool changed = false;
    const auto also = [&](std::expected<bool, errc> done) {
        if (done) changed = changed || *done;
        return done;
    };
    if (what.what == opens) {
        if (at.first)
            if (auto done = also(mark_opened(db, at.row)); !done) return done;
        if (auto done = also(does_open(db, what.report)); !done) return done;
    } else if (what.what == does_not_open) {
        if (at.first)
            if (auto done = also(release_fallback(db, at.row, what)); !done) return done;
        if (auto done = also(judge_unopenable(db, at.row, what)); !done) return done;
    }
    return changed;
}

}  // namespace

std::expected<added_sighting, errc> add_sighting(connection& db, const sighting& what,
                                                 const trail_write& trail) {
    auto at = find(db, what);
    if (!at) return std::unexpected(at.error());
    auto before = said_before(db, what);
    if (!before) return std::unexpected(before.error());
    if (*before) {
        auto head = read_head(db, what.desk);
        if (!head) return std::unexpected(head.error());
        return added_sighting{false, std::move(*head), {}};
    }
    if (auto ok = keep(db, what, what.request_hash); !ok) return std::unexpected(ok.error());
    auto grown = append(db, trail);
    if (!grown) return std::unexpected(grown.error());
    added_sighting out{true, std::move(*grown), {}};
    auto changed = follow(db, what, *at);
    if (!changed) return std::unexpected(changed.error());
    if (!*changed) return out;
    // A release wrote behind it.
    auto last = read_head(db, what.desk);
    auto desks = last ? come_again(db, at->row) : std::unexpected(last.error());
    if (!desks) return std::unexpected(desks.error());
    out.head = std::move(*last);
    out.desks = std::move(*desks);
    return out;
}

std::expected<void, errc> opened_by_doing(connection& db, std::int64_t row, const report_change& change) {
    sighting what;
    what.id = crypto::uuid::random();
    what.report = change.id;
    what.desk = change.desk;
    what.lid = change.lid;
    what.role = change.role;
    what.what = changed_status;
    if (auto ok = keep(db, what, std::nullopt); !ok) return ok;
    if (auto done = mark_opened(db, row); !done) return std::unexpected(done.error());
    if (auto done = does_open(db, change.id); !done) return std::unexpected(done.error());
    return {};
}

std::expected<void, errc> sealed_anew_for(connection& db, const crypto::uuid& report,
                                          const std::string& desk) {
    auto ok = did(db.run("UPDATE inzagen SET geldt = FALSE WHERE melding = $1 AND loket = $2 AND geldt",
                         report.bytes, desk));
    if (!ok) return ok;
    if (auto done = no_longer_unopenable(db, report); !done) return std::unexpected(done.error());
    return {};
}

std::expected<std::vector<std::string>, errc> come_again(connection& db, std::int64_t row) {
    std::vector<std::string> desks;
    auto found =
        each(db.query("SELECT loket FROM ontvangers WHERE melding = $1 AND vrij ORDER BY loket", row),
             [&](const rows& r) { desks.emplace_back(r.text(0)); });
    if (!found) return std::unexpected(found.error());
    auto last = db.last_place();
    if (!last) return std::unexpected(last.error());
    auto place = *last;
    for (const auto& desk : desks) {
        auto ok = did(db.run("UPDATE ontvangers SET plaats = $1 WHERE melding = $2 AND loket = $3", ++place,
                             row, desk));
        if (!ok) return std::unexpected(ok.error());
    }
    if (auto ok = db.set_last_place(place); !ok) return std::unexpected(ok.error());
    return desks;
}

}  // namespace store::sql
