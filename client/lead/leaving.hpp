// Who may be taken out of a desk, and what the lead is told of it: worked out from the standing alone.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "client/desk/local_names.hpp"
#include "client/lead/standing.hpp"

namespace desk {

struct leaving {
    std::set<crypto::uuid> members;     // who leaves
    std::vector<crypto::uuid> already;  // known at this desk once, and no member now: nothing to do
    std::vector<std::string> faults;    // every reason against it, a sentence each
    bool myself = false;
    bool lead = false;  // one of them is a lead
};

// last: it may be the last lead. who_asks: this lead's own membership.
[[nodiscard]] leaving judge_leaving(const standing& standing, std::span<const crypto::uuid> lids,
                                    const crypto::uuid& who_asks, bool last);

// The replacing of one lost key: a card with this lid and role comes in the place of `old`.
[[nodiscard]] leaving judge_replaced(const standing& standing, const crypto::uuid& old,
                                     const crypto::uuid& card, std::string_view card_rol);

// A line for each member: role, lid, local name, last day.
[[nodiscard]] std::string told_members(std::span<const protocol::membership> members,
                                       const local_names& names);

// What the administrator has to do where a lead left, or lost a key.
[[nodiscard]] std::string told_lead_left(std::string_view desk, std::span<const crypto::sign_public> leads,
                                         const crypto::sign_public& own);

// The refusal that names all faults and the members there are.
[[nodiscard]] client::refusal refusal_of(const leaving& leaving, const standing& standing,
                                         const local_names& names);

}  // namespace desk
