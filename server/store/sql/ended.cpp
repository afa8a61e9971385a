#include "server/store/sql/ended.hpp"

#include <chrono>

#include <fmt/format.h>

#include "server/store/sql/attachments.hpp"
#include "server/store/sql/trail.hpp"

namespace store::sql {
namespace {

// A shell lives on so long, so that late outcomes count (protocol §8); the id of a destroyed report longer
// than any backup that still has it.
constexpr std::int32_t shell_days = 730;

std::string quarter(std::int32_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    return fmt::format("{}-Q{}", static_cast<int>(date.year()),
                       (static_cast<unsigned>(date.month()) + 2) / 3);
}

template <class... Args>
std::expected<void, errc> did(connection& db, const char* sql, const Args&... args) {
    auto done = db.run(sql, args...);
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace

std::expected<std::optional<doomed>, errc> found(connection& db, std::expected<rows, errc> asked) {
    std::optional<doomed> out;
    auto done = each(std::move(asked), [&](const rows& r) {
        out.emplace();
        out->row = r.integer(0);
        out->day = static_cast<std::int32_t>(r.integer(1));
        out->status = r.text(2);
    });
    if (!done) return std::unexpected(done.error());
    if (!out) return out;
    auto desks =
        each(db.query("SELECT loket, rol FROM ontvangers WHERE melding = $1", out->row), [&](const rows& r) {
            out->desks.emplace_back(r.text(0));
            if (r.text(1) == "eerste") out->first = r.text(0);
        });
    if (!desks) return std::unexpected(desks.error());
    // What it was before it was ordered to be destroyed is what its shell says.
    auto before = each(db.query("SELECT p.status FROM opdrachten p JOIN meldingen m ON m.id = p.melding "
                                "WHERE m.rij = $1",
                                out->row),
                       [&](const rows& r) { out->status = r.text(0); });
    if (!before) return std::unexpected(before.error());
    return out;
}

std::expected<void, errc> leave_behind(connection& db, const crypto::uuid& id, std::int32_t today,
                                       const doomed& gone) {
    const auto when = quarter(gone.day);
    auto ok =
        did(db, "INSERT INTO vernietigd (id, dag) VALUES ($1, $2) ON CONFLICT DO NOTHING", id.bytes, today);
    if (ok)
        ok = did(db, "INSERT INTO schillen (loket, kwartaal, status, tot) VALUES ($1, $2, $3, $4)",
                 gone.first, when, gone.status, today + shell_days);
    if (ok)
        ok = did(db,
                 "INSERT INTO tellingen (loket, kwartaal, kenmerk, waarde, aantal) "
                 "VALUES ($1, $2, 'vernietigd', $3, 1) ON CONFLICT (loket, kwartaal, kenmerk, waarde) "
                 "DO UPDATE SET aantal = tellingen.aantal + 1",
                 gone.first, when, gone.status);
    return ok;
}

std::expected<bool, errc> take_away(connection& db, const crypto::uuid& id) {
    auto ok = did(db, "DELETE FROM waarschuwingen WHERE melding = $1", id.bytes);
    if (ok) ok = did(db, "DELETE FROM inzagen WHERE melding = $1", id.bytes);
    if (ok) ok = did(db, "DELETE FROM onopenbaar WHERE melding = $1", id.bytes);
    if (ok) ok = did(db, "DELETE FROM opdrachten WHERE melding = $1", id.bytes);
    if (ok) ok = remove_attachments(db, id);
    if (ok) ok = did(db, "DELETE FROM berichten WHERE melding = $1", id.bytes);
    if (ok)
        ok = did(db, "DELETE FROM ontvangers WHERE melding = (SELECT rij FROM meldingen WHERE id = $1)",
                 id.bytes);
    if (ok) ok = leave_remains(db);
    if (!ok) return std::unexpected(ok.error());
    auto gone = db.run("DELETE FROM meldingen WHERE id = $1", id.bytes);
    if (!gone) return std::unexpected(gone.error());
    return *gone > 0;
}

std::expected<bool, errc> end(connection& db, const crypto::uuid& id, std::int32_t today,
                              std::expected<std::optional<doomed>, errc> gone,
                              const std::function<std::string(const head&)>& line) {
    if (!gone) return std::unexpected(gone.error());
    if (!*gone) return false;
    if (auto ok = leave_behind(db, id, today, **gone); !ok) return std::unexpected(ok.error());
    for (const auto& desk : (*gone)->desks)
        if (auto grown = append(db, {desk, line}); !grown) return std::unexpected(grown.error());
    return take_away(db, id);
}

std::expected<void, errc> leave_remains(connection& db) { return did(db, "UPDATE tellers SET resten = 1"); }

}  // namespace store::sql
