#include "client/desk/session_of.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "client/lead/condition.hpp"
#include "client/print.hpp"
#include "crypto/protocol/faults.hpp"

namespace desk {
namespace {

client::result<void> tell_alarm(const client::session& session) {
    const auto since = session.alarmed();
    if (!since) return std::unexpected(since.error());
    if (*since)
        print_error(fmt::format(
            "!!! ALARM: the audit trail of desk {} no longer contains what this machine saw of "
            "it; that was first "
            "seen on {}. Tell the administrator and the people who oversee the desk. Only where they "
            "say that the server "
            "came back from a backup: baken desk restored\n",
            session.desk(), (*since)->text()));
    return {};
}

// The end of the own membership, as the newest standing has it.
std::optional<protocol::day> end_of_membership(client::session& session, const client::published& published) {
    const auto* entry = published.directory.newest().desk(session.desk());
    const auto* state = published.directory.desk(session.desk());
    auto got = session.get("leden");
    if (!entry || !state || !got || got->status != 200) return std::nullopt;
    auto object = protocol::parse_object(got->body);
    if (!object) return std::nullopt;
    protocol::faults found;
    protocol::reading r(*object, "", found, protocol::unknown::ignore);
    std::optional<protocol::day> out;
    for (const auto& token : r.texts("leden", 10000, 8192)) {
        const auto member = protocol::read_membership(token, entry->beheerders);
        if (!member || member->lid != session.keys().lid || member->loket != session.desk()) continue;
        if (std::ranges::find(state->stand->leden, member->hash) == state->stand->leden.end()) continue;
        out = out ? std::max(*out, member->tot) : member->tot;
    }
    return out;
}

// Asked of the server once, and again when it is near: fetching the members is a line of the trail.
client::result<std::optional<protocol::day>> known_end(client::session& session,
                                                       const client::published& published) {
    constexpr int near = 28;
    const auto note = fmt::format("ends-{}-{}", session.desk(), session.keys().lid.text());
    const auto kept = session.memory().note(note);
    if (!kept) return std::unexpected(kept.error());
    if (*kept)
        if (const auto day = protocol::day::parse(**kept); day && *day - session.today() >= near) return day;
    const auto end = end_of_membership(session, published);
    if (end)
        if (auto set = session.memory().set_note(note, end->text()); !set)
            return std::unexpected(set.error());
    return end;
}

client::result<void> tell_ends(client::session& session) {
    const auto note = fmt::format("told-{}-{}", session.desk(), session.keys().lid.text());
    const auto today = session.today();
    const auto told = session.memory().note(note);
    if (!told) return std::unexpected(told.error());
    if (*told && **told == today.text()) return {};
    auto published = session.directory();
    // A directory that is refused is the verb's to say, which looks at it itself.
    if (!published && published.error().passing) return std::unexpected(published.error());
    if (!published) return {};
    if (const auto* state = published->directory.desk(session.desk()))
        print_error(told_end_of_standing(*state->stand, session.desk(), today));
    const auto end = known_end(session, *published);
    if (!end) return std::unexpected(end.error());
    if (*end) print_error(told_end_of_membership(**end, session.keys().lid.text(), today));
    return session.memory().set_note(note, today.text());
}

}  // namespace

client::result<void> tell_notices(client::session& session) {
    if (auto told = tell_alarm(session); !told) return told;
    return tell_ends(session);
}

client::result<client::session> session_of(const place_flags& place, notices wanted) {
    auto profile = place.resolve();
    if (!profile) return std::unexpected(profile.error());
    auto session = client::session::open(*profile);
    if (!session || wanted == notices::none) return session;
    auto told = wanted == notices::all ? tell_notices(*session) : tell_alarm(*session);
    if (!told) return std::unexpected(told.error());
    return session;
}

}  // namespace desk
