#include "client/lead/leaving.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/encoding.hpp"

namespace desk {
namespace {

bool is_known(const standing& standing, const crypto::uuid& lid) {
    return std::any_of(standing.known.begin(), standing.known.end(),
                       [&](const auto& m) { return m.lid == lid; });
}

bool lead_stays(const standing& standing, const std::set<crypto::uuid>& leaving) {
    return std::any_of(standing.members.begin(), standing.members.end(),
                       [&](const auto& m) { return m.rol == "beheerder" && !leaving.contains(m.lid); });
}

}  // namespace

leaving judge_leaving(const standing& standing, std::span<const crypto::uuid> lids,
                      const crypto::uuid& who_asks, bool last) {
    leaving out;
    for (const auto& lid : lids) {
        if (const auto* member = standing.member(lid)) {
            out.members.insert(lid);
            out.lead = out.lead || member->rol == "beheerder";
            out.myself = out.myself || lid == who_asks;
        } else if (is_known(standing, lid)) {
            out.already.push_back(lid);
        } else {
            out.faults.push_back(fmt::format("{} is not a member of this desk and never was.", lid.text()));
        }
    }
    if (!out.members.empty() && !last && !lead_stays(standing, out.members))
        out.faults.emplace_back(
            "No lead would stay: nobody could make keys for the weeks after those there are, enrol a member "
            "or "
            "revoke one, and what nobody else can open stays closed for good; enrol another lead first, or "
            "use "
            "--last.");
    return out;
}

leaving judge_replaced(const standing& standing, const crypto::uuid& old, const crypto::uuid& card,
                       std::string_view card_rol) {
    leaving out;
    if (old == card)
        out.faults.emplace_back(
            "The card is the very one to be replaced; its owner makes new keys first: baken desk keygen");
    const auto* member = standing.member(old);
    if (!member && is_known(standing, old)) {
        // Run again after it was done: only the enrolling is left.
        out.already.push_back(old);
        return out;
    }
    if (!member) {
        out.faults.push_back(fmt::format("{} is not a member of this desk and never was.", old.text()));
        return out;
    }
    if (member->rol != card_rol)
        out.faults.push_back(
            fmt::format("{} is {}, and the card is of a {}; the same person keeps their role, so for another "
                        "one use revoke and enrol.",
                        old.text(), member->rol, card_rol));
    out.members.insert(old);
    out.lead = member->rol == "beheerder";
    return out;
}

std::string told_members(std::span<const protocol::membership> members, const local_names& names) {
    std::string out;
    for (const auto& member : members)
        out += fmt::format("  {:<10}  {}  until {}\n", member.rol, names.with(member.lid), member.tot.text());
    return out;
}

std::string told_lead_left(std::string_view desk, std::span<const crypto::sign_public> leads,
                           const crypto::sign_public& own) {
    auto out = fmt::format(
        "The directory still names their lead key, and anybody who has it can sign for desk {}: ask the "
        "administrator now for a directory without it. It names, besides yours:\n",
        desk);
    for (const auto& lead : leads)
        if (lead != own) out += fmt::format("  --lead {}\n", crypto::b64u(lead));
    return out;
}

client::refusal refusal_of(const leaving& leaving, const standing& standing, const local_names& names) {
    std::string out = "Nothing was changed.";
    for (const auto& fault : leaving.faults) out += "\n  " + fault;
    out += "\nThe members there are:\n" + told_members(standing.members, names);
    out.pop_back();
    return client::refusal(std::move(out));
}

}  // namespace desk
