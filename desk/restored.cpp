#include "desk/restored.hpp"

#include <fmt/format.h>

#include "client/terminal.hpp"
#include "desk/handing_in.hpp"
#include "desk/print.hpp"
#include "desk/session_of.hpp"

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

// Whether the server shows the desk's standing again as this machine saw it last.
client::result<std::string> standing_now(client::session& session) {
    const auto seen = session.memory().read();
    if (!seen) return std::unexpected(seen.error());
    const auto mark = seen->stands.find(session.desk());
    auto published = session.directory();
    if (published)
        if (const auto* state = published->directory.desk(session.desk()))
            return fmt::format("The standing of desk {} is number {}, as it was.\n", session.desk(),
                               state->stand->versie);
    if (mark == seen->stands.end()) return std::string("This machine had seen no standing of the desk.\n");
    return client::refuse(fmt::format(
        "The server does not show the desk's standing number {} yet, which was seen here. A lead hands it "
        "in again from the machine that signed it: baken desk restored",
        mark->second.versie));
}

}  // namespace

client::result<void> restored(const restored_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    if (auto ok = agreed(order, session->desk()); !ok) return ok;
    auto forgotten = session->memory().change([&](protocol::seen& seen) -> client::result<void> {
        seen.trails.erase(session->desk());
        return {};
    });
    if (!forgotten) return forgotten;
    std::string text = "The audit trail is followed anew from where it stands now.\n";
    if (session->keys().top_key) {
        auto again = hand_in_again(*session);
        if (!again) return std::unexpected(again.error());
        text += fmt::format("Handed in {} documents that the server had lost.\n", *again);
    }
    auto now = standing_now(*session);
    if (!now) return std::unexpected(now.error());
    if (!print(text + *now)) return client::refuse("It is done, but standard output is closed or full.");
    return {};
}

}  // namespace desk
