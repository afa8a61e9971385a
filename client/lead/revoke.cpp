#include "client/lead/revoke.hpp"

#include <fmt/format.h>

#include "client/desk/session_of.hpp"
#include "client/done.hpp"
#include "client/here/terminal.hpp"
#include "client/lead/change.hpp"
#include "client/lead/fingerprints.hpp"
#include "client/lead/leaving.hpp"
#include "client/print.hpp"

namespace desk {
namespace {

std::vector<protocol::membership> leaving_or_staying(const standing& standing, const leaving& who,
                                                     bool leave) {
    std::vector<protocol::membership> out;
    for (const auto& member : standing.members)
        if (who.members.contains(member.lid) == leave) out.push_back(member);
    return out;
}

client::result<void> agreed(const revoke_order& order, const standing& standing, const leaving& who,
                            const local_names& names) {
    const auto refused = [] { return client::refuse("Nothing was changed."); };
    if (!order.yes) {
        print_error("These leave the desk at once:\n" +
                    told_members(leaving_or_staying(standing, who, true), names));
        auto yes = client::ask_yes("Revoke them?", "Use --yes.");
        if (!yes) return std::unexpected(yes.error());
        if (!*yes) return refused();
    }
    if (who.myself && !order.yes_myself) {
        auto yes = client::ask_yes(
            "One of them is you: afterwards you can read nothing of this desk and enrol nobody, yourself "
            "neither. Revoke your own membership?",
            "Use --yes-myself to revoke your own membership.");
        if (!yes) return std::unexpected(yes.error());
        if (!*yes) return refused();
    }
    return {};
}

std::string told(const client::session& session, const standing& standing, const leaving& who,
                 const prepared& made, const protocol::stand& stand) {
    auto out = told_gone(standing);
    out += fmt::format(
        "Revoked {} at desk {}, from their next request on; the standing is number {}, in force "
        "until {}.\n",
        who.members.size(), session.desk(), stand.versie, stand.tot.text());
    if (made.members.empty())
        out += "Nobody is left, so the desk has no keys any more and its reports go to its fallback.\n";
    else if (!made.fresh.empty())
        out += fmt::format("Made {} keys, {} to {}, wrapped for the {} who stay.\n", made.fresh.size(),
                           made.fresh.front().text(), made.fresh.back().text(), made.members.size());
    if (made.signed_again > 0)
        out += fmt::format(
            "Signed {} memberships and keys again that another lead had signed, so that they "
            "outlive that lead's key.\n",
            made.signed_again);
    out += "What they opened or copied before stays known to them.\n";
    if (who.lead) out += told_lead_left(session.desk(), standing.leads, session.keys().top_key->public_key);
    return out + lead_shortage(session.desk(), made.members, standing.leads.size());
}

std::string told_already(const leaving& who, const local_names& names) {
    std::string out;
    for (const auto& lid : who.already)
        out += fmt::format("{} is not a member any more; nothing to do.\n", names.with(lid));
    return out;
}

protocol::json::object revoked_object(const client::session& session, const leaving& who,
                                      const prepared& made, const protocol::stand& stand) {
    protocol::json::array lids;
    for (const auto& lid : who.members) lids.push_back(protocol::json::string(lid.text()));
    return {{"loket", session.desk()},
            {"ingetrokken", std::move(lids)},
            {"stand", stand_object(stand)},
            {"gemaakt", weeks_array(made.fresh)},
            {"leden", made.members.size()}};
}

}  // namespace

client::result<void> revoke(const revoke_order& order) {
    auto session = session_of(order.place);
    if (!session) return std::unexpected(session.error());
    auto standing = read_standing(*session);
    if (!standing) return std::unexpected(standing.error());
    if (auto ok = must_be_member(*session, *standing); !ok) return ok;

    const auto names = local_names::read(session->memory(), session->desk());
    if (!names) return std::unexpected(names.error());
    auto who = judge_leaving(*standing, order.lids, session->keys().lid, order.last);
    if (who.myself && order.yes && !order.yes_myself)
        who.faults.emplace_back("One of them is you; to revoke your own membership, use --yes-myself.");
    if (!who.faults.empty()) return std::unexpected(refusal_of(who, *standing, *names));
    if (who.members.empty() && standing->gone.empty())
        return say_done(order.json, {{"loket", session->desk()}, {"ingetrokken", protocol::json::array()}},
                        told_already(who, *names));
    if (!order.json) (void)print(told_already(who, *names));
    if (auto ok = agreed(order, *standing, who, *names); !ok) return ok;
    auto stay = leaving_or_staying(*standing, who, false);
    if (auto ok = confirm_fingerprints(
            *session, people_of(stay, lead_keys_of(standing->leads, session->keys()), *names), false,
            "New keys are wrapped for those who stay, and these were never compared "
            "here: compare theirs, then run: baken desk keys --yes");
        !ok)
        return ok;

    change wanted;
    wanted.leaving = who.members;
    wanted.weeks = 1;
    wanted.sign_again = who.lead;
    auto held = secrets_of(*standing, *session->keys().box_keys);
    auto made = prepare(*standing, wanted, held, session->desk(), *session->keys().top_key, session->today());
    if (!made) return std::unexpected(made.error());
    auto stand = carry_out(*session, *standing, *made);
    if (!stand) return std::unexpected(stand.error());
    print_error(told_spoiled(held));
    return say_done(order.json, revoked_object(*session, who, *made, *stand),
                    told(*session, *standing, who, *made, *stand));
}

}  // namespace desk
