#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "server/store/sql/checking.hpp"

namespace store::sql {
namespace {

// A trail while it is walked.
struct walk {
    const std::string& desk;
    const check_hooks& hooks;
    survey& out;
    head last;
    bool chained = true;  // the line before was read, so this one can be held against it

    void fault(std::string_view code, std::int64_t line, std::string_view what) const {
        out.add(code, desk, fmt::format("desk {}, line {} of its trail: {}", desk, line, what));
    }
    void take(std::int64_t line, const std::string& hash, std::string_view bytes) {
        ++out.lines;
        if (line != last.line + 1) {
            fault("trail-gap", line, "a line before it is missing");
            chained = false;
        }
        if (crypto::hash_text(crypto::as_bytes(bytes)) != hash)
            fault("trail-hash", line, "it is not the one that was stored");
        else if (chained && hooks.follows && !hooks.follows(bytes, last))
            fault("trail-chain", line, "it does not follow the line before");
        last = {line, hash};
        chained = true;
    }
    void unread(std::int64_t line) {
        fault("unreadable", line, "it cannot be read");
        last = {line, ""};
        chained = false;
    }
};

std::expected<void, errc> walk_singly(connection& db, walk& at) {
    std::int64_t newest = 0;
    auto found = each(db.query("SELECT max(regel) FROM logboek WHERE loket = $1", at.desk),
                      [&](const rows& r) { newest = r.integer(0); });
    if (unreadable(found)) at.unread(at.last.line + 1);
    if (!found) return unreadable(found) ? std::expected<void, errc>() : found;
    while (at.last.line < newest) {
        const auto line = at.last.line + 1;
        bool any = false;
        auto read =
            each(db.query("SELECT hash, bytes FROM logboek WHERE loket = $1 AND regel = $2", at.desk, line),
                 [&](const rows& r) {
                     any = true;
                     at.take(line, std::string(r.text(0)), r.text(1));
                 });
        if (!read && !unreadable(read)) return read;
        if (!read || !any) at.unread(line);
    }
    return {};
}

std::expected<bool, errc> walk_trail(connection& db, const std::string& desk, const check_hooks& hooks,
                                     std::int64_t all, survey& out) {
    walk at{desk, hooks, out, {}};
    for (std::int64_t before = -1; before != at.last.line;) {
        before = at.last.line;
        auto found = each(db.query("SELECT regel, hash, bytes FROM logboek WHERE loket = $1 AND regel > $2 "
                                   "ORDER BY regel LIMIT $3",
                                   desk, at.last.line, many),
                          [&](const rows& r) { at.take(r.integer(0), std::string(r.text(1)), r.text(2)); });
        if (unreadable(found)) found = walk_singly(db, at);
        if (!found) return std::unexpected(found.error());
        if (!tell(hooks, "lines of the trails", out.lines, all)) return false;
    }
    return true;
}

// A statement whose rows are faults; the first column names each, a report by the bytes of its id.
struct relation {
    std::string_view code, subject;
    const char* sql;
    std::string_view what;
};
constexpr relation relations[] = {
    {"no-recipient", "report",
     "SELECT m.id FROM meldingen m WHERE NOT EXISTS (SELECT 1 FROM ontvangers o WHERE o.melding = m.rij)",
     "it has no recipient, so nobody can open it"},
    {"first-desk", "report",
     "SELECT m.id FROM meldingen m WHERE EXISTS (SELECT 1 FROM ontvangers o WHERE o.melding = m.rij) AND "
     "(SELECT count(*) FROM ontvangers o WHERE o.melding = m.rij AND o.rol = 'eerste') <> 1",
     "it has none or several first desks"},
    {"status", "report",
     "SELECT m.id FROM meldingen m WHERE EXISTS "
     "(SELECT 1 FROM ontvangers o WHERE o.melding = m.rij AND o.status <> m.status)",
     "a list by status does not find it under its own"},
    {"order", "report",
     "SELECT m.id FROM meldingen m WHERE m.status = 'wordt-vernietigd' AND NOT EXISTS "
     "(SELECT 1 FROM opdrachten p WHERE p.melding = m.id)",
     "it is withheld as one that is to be destroyed, and there is no order that somebody could take back"},
    {"order", "report",
     "SELECT p.melding FROM opdrachten p WHERE NOT EXISTS "
     "(SELECT 1 FROM meldingen m WHERE m.id = p.melding AND m.status = 'wordt-vernietigd')",
     "there is an order to destroy it, and it is gone or not marked as ordered"},
    {"no-report", "desk",
     "SELECT o.loket FROM ontvangers o WHERE NOT EXISTS (SELECT 1 FROM meldingen m WHERE m.rij = o.melding)",
     "a report of its list is missing, only the key to it is there"},
    {"unknown-key", "desk",
     "SELECT w.loket FROM wraps w WHERE NOT EXISTS "
     "(SELECT 1 FROM sleutels s WHERE s.hash = w.sleutel AND s.loket = w.loket)",
     "a secret is sealed to a member whose epoch key is missing"},
    {"gap", "desk", "SELECT loket FROM standen GROUP BY loket HAVING count(*) <> max(versie)",
     "a version of its standing is missing"},
    {"gap", "",
     "SELECT '' FROM (SELECT count(*) AS there, max(versie) AS newest FROM gids) AS g WHERE there <> newest",
     "a version of the directory is missing"},
    {"head", "desk",
     "SELECT DISTINCT h.loket FROM hoofden h WHERE NOT EXISTS "
     "(SELECT 1 FROM logboek l WHERE l.loket = h.loket AND l.regel = h.regel)",
     "its trail ends before a line that was signed as its head"},
    {"counter", "", "SELECT '' FROM (SELECT count(*) AS there FROM tellers) AS t WHERE there <> 1",
     "the counter of the documents of trust is missing"},
};

// Tables of documents: each token is hashed anew. Few and small, so each table is one statement.
struct documents {
    const char* sql;  // desk, hash, token, version or 0
    std::string_view what;
};
constexpr documents kinds[] = {
    {"SELECT loket, hash, token, versie FROM standen ORDER BY loket, versie", "a standing"},
    {"SELECT loket, hash, token, 0 FROM leden ORDER BY loket, hash", "a membership"},
    {"SELECT loket, hash, token, 0 FROM sleutels ORDER BY loket, hash", "an epoch key"},
};

bool is_same(std::string_view token, std::string_view hash) {
    return crypto::hash_text(crypto::as_bytes(token)) == hash;
}

std::expected<void, errc> check_kind(connection& db, const documents& kind, survey& out) {
    auto found = each(db.query(kind.sql), [&](const rows& r) {
        ++out.documents;
        if (is_same(r.text(2), r.text(1))) return;
        const auto mark =
            r.integer(3) > 0 ? fmt::format("version {}", r.integer(3)) : fmt::format("hash {}", r.text(1));
        out.add("document-hash", std::string(r.text(0)),
                fmt::format("desk {}: {} ({}) is not the one that was stored", r.text(0), kind.what, mark));
    });
    if (!unreadable(found)) return found;
    out.add("unreadable", "", fmt::format("{} cannot be read, and what lies behind it", kind.what));
    return {};
}

std::expected<void, errc> check_directories(connection& db, const check_hooks& hooks, survey& out) {
    std::int64_t newest = 0;
    auto found =
        each(db.query("SELECT max(versie) FROM gids"), [&](const rows& r) { newest = r.integer(0); });
    std::int64_t at = 0;
    for (bool more = true; found && more;) {
        more = false;
        found = each(
            db.query(
                "SELECT versie, hash, token, routering FROM gids WHERE versie > $1 ORDER BY versie LIMIT 1",
                at),
            [&](const rows& r) {
                ++out.documents;
                more = r.integer(0) > at;
                at = r.integer(0);
                const gids_row row{r.integer(0), std::string(r.text(1)), std::string(r.text(2)),
                                   std::string(r.text(3))};
                const auto where = fmt::format("{}", at);
                if (!is_same(row.token, row.hash))
                    out.add("document-hash", where,
                            fmt::format("version {} of the directory is not the one that was stored", at));
                else if (const auto why = hooks.directory ? hooks.directory(row, at == newest) : "";
                         !why.empty())
                    out.add("directory", where, fmt::format("version {} of the directory: {}", at, why));
            });
    }
    if (!unreadable(found)) return found;
    out.add("unreadable", "", "a version of the directory cannot be read");
    return {};
}

// Reports of weeks whose secret nobody could be handed.
std::expected<void, errc> check_weeks(connection& db, survey& out) {
    auto found = each(
        db.query("SELECT o.loket, min(o.epoch), max(o.epoch), count(*) FROM ontvangers o WHERE NOT EXISTS "
                 "(SELECT 1 FROM wraps w WHERE w.loket = o.loket AND w.epoch = o.epoch) "
                 "GROUP BY o.loket ORDER BY o.loket"),
        [&](const rows& r) {
            const auto weeks = r.text(1) == r.text(2) ? std::string(r.text(1))
                                                      : fmt::format("{} to {}", r.text(1), r.text(2));
            out.add(
                "no-wrap", std::string(r.text(0)),
                fmt::format("desk {}: no wrapped secret of {} is there, so it cannot open {} reports sealed "
                            "to that",
                            r.text(0), weeks, r.integer(3)));
        });
    if (!unreadable(found)) return found;
    out.add("unreadable", "", "it could not be seen whether each week has its wrapped secrets");
    return {};
}

}  // namespace

std::expected<void, errc> check_documents(connection& db, const check_hooks& hooks, survey& out) {
    if (auto ok = check_directories(db, hooks, out); !ok) return ok;
    for (const auto& kind : kinds)
        if (auto ok = check_kind(db, kind, out); !ok) return ok;
    (void)tell(hooks, "documents", out.documents, out.documents);
    return {};
}

std::expected<void, errc> check_trails(connection& db, const check_hooks& hooks, survey& out) {
    auto all = counted(db, "SELECT count(*) FROM logboek");
    if (!all) return std::unexpected(all.error());
    for (std::string desk;;) {
        std::optional<std::string> next;
        auto found =
            each(db.query("SELECT min(loket) FROM logboek WHERE loket > $1", desk), [&](const rows& r) {
                if (!r.is_null(0)) next = std::string(r.text(0));
            });
        if (unreadable(found)) {
            out.add("unreadable", "", "the index of the trails: some trails behind it may not be named here");
            return {};
        }
        if (!found) return found;
        if (!next) return {};
        desk = std::move(*next);
        auto walked = walk_trail(db, desk, hooks, *all, out);
        if (!walked) return std::unexpected(walked.error());
        if (!*walked) return {};
    }
}

std::expected<void, errc> check_relations(connection& db, const check_hooks& hooks, survey& out) {
    const auto all = static_cast<std::int64_t>(std::size(relations));
    for (std::int64_t i = 0; i < all; ++i) {
        const auto& one = relations[i];
        auto found = each(db.query(one.sql), [&](const rows& r) {
            const auto name = one.subject == "report" ? uuid_text(r.blob(0)) : std::string(r.text(0));
            out.add(one.code, name,
                    one.subject.empty() ? std::string(one.what)
                                        : fmt::format("{} {}: {}", one.subject, name, one.what));
        });
        if (unreadable(found))
            out.add("unreadable", "", fmt::format("it could not be seen whether {}", one.what));
        else if (!found)
            return found;
        if (!tell(hooks, "what belongs together", i + 1, all)) return {};
    }
    return check_weeks(db, out);
}

}  // namespace store::sql
