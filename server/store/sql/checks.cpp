#include "server/store/sql/checks.hpp"

#include <fmt/format.h>

#include "crypto/hash.hpp"

namespace store::sql {
namespace {

constexpr std::int64_t few = 64, many = 500;  // rows of a portion: of bodies, of all else

// A page that cannot be read is what is looked for; everything else ends the check.
bool unreadable(const std::expected<void, errc>& read) { return !read && read.error() == errc::damaged; }

std::expected<std::int64_t, errc> counted(connection& db, const char* sql) {
    std::int64_t out = 0;
    auto done = each(db.query(sql), [&](const rows& r) { out = r.integer(0); });
    if (unreadable(done)) return 0;
    if (!done) return std::unexpected(done.error());
    return out;
}

std::string uuid_text(crypto::byte_view bytes) {
    return crypto::uuid{crypto::to_block<16>(bytes).value_or(crypto::block<16>{})}.text();
}

// How far a step is. False: stop.
bool tell(const check_hooks& hooks, std::string_view step, std::int64_t done, std::int64_t all) {
    return !hooks.progress || hooks.progress(step, done, all);
}

void judge_body(const std::string& id, crypto::byte_view hash, crypto::byte_view body, survey& out) {
    ++out.reports;
    if (crypto::to_block<32>(hash) != crypto::sha256(body))
        out.add("report-hash", id, fmt::format("report {}: its envelope is not the one that was stored", id));
}

// Those after this row, one by one, as the index of ids names them.
std::expected<void, errc> check_reports_singly(connection& db, std::int64_t after, const check_hooks& hooks,
                                               std::int64_t all, survey& out) {
    struct named {
        std::int64_t row;
        crypto::bytes id;
    };
    crypto::bytes last;
    for (std::vector<named> portion(1); !portion.empty();) {
        portion.clear();
        auto found = each(db.query("SELECT rij, id FROM meldingen WHERE id > $1 ORDER BY id LIMIT $2",
                                   crypto::byte_view(last), many),
                          [&](const rows& r) { portion.push_back({r.integer(0), r.bytes(1)}); });
        if (unreadable(found))
            out.add("unreadable", "", "the index of reports: some reports behind it may not be named here");
        else if (!found)
            return found;
        for (const auto& one : portion) {
            last = one.id;
            if (one.row <= after) continue;
            const auto id = uuid_text(one.id);
            auto read = each(db.query("SELECT hash, body FROM meldingen WHERE rij = $1", one.row),
                             [&](const rows& r) { judge_body(id, r.blob(0), r.blob(1), out); });
            if (unreadable(read))
                out.add("unreadable", id, fmt::format("report {}: it cannot be read", id));
            else if (!read)
                return read;
        }
        if (unreadable(found) || !tell(hooks, "reports", out.reports, all)) return {};
    }
    return {};
}

void judge_key(const std::string& desk, const std::string& report, crypto::byte_view hash,
               crypto::byte_view key, survey& out) {
    ++out.recipients;
    if (crypto::to_block<32>(hash) != crypto::sha256(key))
        out.add(
            "key-hash", report,
            fmt::format("report {}: the key sealed to desk {} is not the one that was stored", report, desk));
}

// The id of a report by its row, as far as it can be read.
std::string report_of(connection& db, std::int64_t row) {
    std::string out = fmt::format("in row {}", row);
    (void)each(db.query("SELECT id FROM meldingen WHERE rij = $1", row),
               [&](const rows& r) { out = uuid_text(r.blob(0)); });
    return out;
}

struct recipient_at {
    std::int64_t place = 0, row = 0;
    std::string desk;
    crypto::bytes hash, key;
};

std::expected<void, errc> check_recipients_singly(connection& db, std::int64_t after,
                                                  const check_hooks& hooks, std::int64_t all, survey& out) {
    recipient_at last;
    for (std::vector<recipient_at> portion(1); !portion.empty();) {
        portion.clear();
        auto found =
            each(db.query("SELECT plaats, melding, loket FROM ontvangers WHERE (melding, loket) > ($1, $2) "
                          "ORDER BY melding, loket LIMIT $3",
                          last.row, last.desk, many),
                 [&](const rows& r) {
                     portion.push_back({r.integer(0), r.integer(1), std::string(r.text(2)), {}, {}});
                 });
        if (unreadable(found))
            out.add("unreadable", "",
                    "the index of recipients: some recipients behind it may not be named here");
        else if (!found)
            return found;
        for (const auto& one : portion) {
            last = one;
            if (one.place <= after) continue;
            const auto report = report_of(db, one.row);
            auto read = each(db.query("SELECT hash, sealed FROM ontvangers WHERE plaats = $1", one.place),
                             [&](const rows& r) { judge_key(one.desk, report, r.blob(0), r.blob(1), out); });
            if (unreadable(read))
                out.add("unreadable", report,
                        fmt::format("report {}: the key sealed to desk {} cannot be read", report, one.desk));
            else if (!read)
                return read;
        }
        if (unreadable(found) || !tell(hooks, "recipients", out.recipients, all)) return {};
    }
    return {};
}

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
    {"counter", "", "SELECT '' FROM (SELECT count(*) AS there FROM tellers) AS t WHERE there <> 1",
     "the counter of the documents of trust is missing"},
};

}  // namespace

std::expected<void, errc> check_reports(connection& db, const check_hooks& hooks, survey& out) {
    auto all = counted(db, "SELECT count(*) FROM meldingen");
    if (!all) return std::unexpected(all.error());
    std::int64_t last = 0;
    for (std::int64_t before = -1; before != last;) {
        before = last;
        auto found =
            each(db.query("SELECT rij, id, hash, body FROM meldingen WHERE rij > $1 ORDER BY rij LIMIT $2",
                          last, few),
                 [&](const rows& r) {
                     judge_body(uuid_text(r.blob(1)), r.blob(2), r.blob(3), out);
                     last = r.integer(0);
                 });
        if (unreadable(found)) return check_reports_singly(db, last, hooks, *all, out);
        if (!found) return found;
        if (!tell(hooks, "reports", out.reports, *all)) return {};
    }
    return {};
}

std::expected<void, errc> check_recipients(connection& db, const check_hooks& hooks, survey& out) {
    auto all = counted(db, "SELECT count(*) FROM ontvangers");
    if (!all) return std::unexpected(all.error());
    std::int64_t last = 0;
    for (std::int64_t before = -1; before != last;) {
        before = last;
        std::vector<recipient_at> portion;
        auto found =
            each(db.query("SELECT plaats, melding, loket, hash, sealed FROM ontvangers WHERE plaats > $1 "
                          "ORDER BY plaats LIMIT $2",
                          last, many),
                 [&](const rows& r) {
                     portion.push_back(
                         {r.integer(0), r.integer(1), std::string(r.text(2)), r.bytes(3), r.bytes(4)});
                 });
        for (const auto& one : portion) {
            last = one.place;
            const bool whole = crypto::to_block<32>(one.hash) == crypto::sha256(one.key);
            judge_key(one.desk, whole ? std::string() : report_of(db, one.row), one.hash, one.key, out);
        }
        if (unreadable(found)) return check_recipients_singly(db, last, hooks, *all, out);
        if (!found) return found;
        if (!tell(hooks, "recipients", out.recipients, *all)) return {};
    }
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
    return {};
}

}  // namespace store::sql
