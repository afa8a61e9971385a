#include "client/lead/restored.hpp"

#include <fmt/format.h>

#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/here/terminal.hpp"
#include "client/lead/change.hpp"
#include "client/lead/fingerprints.hpp"
#include "client/lead/handing_in.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

client::result<void> agreed(const restored_order& order, const std::string& desk) {
    if (order.yes) return {};
    auto yes = client::ask_yes(
        fmt::format(
            "Did the administrator tell you, by voice or in person, that the server came back from a backup? "
            "What this machine saw of the audit trail of desk {} is forgotten.",
            desk),
        "Use --yes.");
    if (!yes) return std::unexpected(yes.error());
    if (!*yes) return client::refuse("Nothing was changed.");
    return {};
}

// Whether the server shows the desk's standing again as this machine saw it last, or a later one.
client::result<std::string> standing_now(client::session& session) {
    const auto published = session.directory();
    if (!published)
        return client::refuse(
            published.error().sentence +
            "\nA lead hands the newest standing in again, from the machine that signed it.");
    if (const auto* state = published->directory.desk(session.desk()))
        return fmt::format("The standing of desk {} is number {}.\n", session.desk(), state->stand->versie);
    if (const auto why = published->directory.distrusted(session.desk())) return std::unexpected(*why);
    return fmt::format("Desk {} has no standing.\n", session.desk());
}

// Each step as it is done, for people; machines get one object at the end.
bool tell(const restored_order& order, const std::string& step) { return order.json || print(step); }

// Wraps were kept nowhere, so what was sealed to the keys that came back would open for nobody.
client::result<std::vector<protocol::epoch>> replace_keys(client::session& session,
                                                          const restored_order& order) {
    auto standing = read_standing(session);
    if (!standing) return std::unexpected(standing.error());
    if (auto ok = must_be_member(session, *standing); !ok) return std::unexpected(ok.error());
    const auto names = local_names::read(session.memory(), session.desk());
    if (!names) return std::unexpected(names.error());
    auto ok = confirm_fingerprints(
        session, people_of(standing->members, lead_keys_of(standing->leads, session.keys()), *names), false,
        "New keys are wrapped for everybody: compare theirs, then run: baken desk keys --yes");
    if (!ok) return std::unexpected(ok.error());
    change wanted;
    wanted.weeks = 1;
    wanted.all_fresh = true;
    const auto held = secrets_of(*standing, *session.keys().box_keys);
    auto made = prepare(*standing, wanted, held, session.desk(), *session.keys().top_key, session.today());
    if (!made) return std::unexpected(made.error());
    auto stand = carry_out(session, *standing, *made);
    if (!stand) return std::unexpected(stand.error());
    if (!tell(
            order,
            fmt::format(
                "Made {} keys, {} to {}, wrapped for all {} members: of those that came back nobody has the "
                "secret.\n",
                made->fresh.size(), made->fresh.front().text(), made->fresh.back().text(),
                made->members.size())))
        return client::refuse("It is done, but standard output is closed or full.");
    return made->fresh;
}

}  // namespace

client::result<void> restored(const restored_order& order) {
    auto session = session_of(order.place, notices::none);
    if (!session) return std::unexpected(session.error());
    if (auto ok = agreed(order, session->desk()); !ok) return ok;
    auto forgotten = session->memory().change([&](protocol::seen& seen) -> client::result<void> {
        seen.trails.erase(session->desk());
        return {};
    });
    if (forgotten) forgotten = session->end_alarm();
    if (!forgotten) return forgotten;
    protocol::json::object done{
        {"loket", session->desk()}, {"ingediend", 0}, {"gemaakt", protocol::json::array()}};
    if (!tell(order, "The audit trail is followed from where it is now.\n"))
        return client::refuse("Standard output is closed or full; run the same command again.");
    if (session->keys().top_key) {
        auto again = hand_in_again(*session);
        if (!again) return std::unexpected(again.error());
        done["ingediend"] = again->documents;
        (void)tell(order,
                   fmt::format("Handed in {} documents that the server had lost.\n", again->documents));
        if (again->keys) {
            auto made = replace_keys(*session, order);
            if (!made) return std::unexpected(made.error());
            done["gemaakt"] = weeks_array(*made);
        }
    }
    auto now = standing_now(*session);
    if (!now) return std::unexpected(now.error());
    return say_done(order.json, std::move(done), *now);
}

}  // namespace desk
