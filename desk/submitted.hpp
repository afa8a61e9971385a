// Whom a report goes to and what its writer is told of it: the desks that may be left out, who can read it,
// and the receipt.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/refusal.hpp"
#include "crypto/plain.hpp"
#include "crypto/protocol/routing.hpp"
#include "crypto/receipt.hpp"

namespace desk {

// The desks of --exclude, known and allowed: an unknown one is wrong use and told the list; `standaard`
// cannot be left out.
[[nodiscard]] client::result<std::set<std::string, std::less<>>> excluded_desks(
    const std::vector<std::string>& named, const protocol::gids& gids, std::string_view standaard);

// One line a recipient: name, what it may read, whether it is an investigating authority.
[[nodiscard]] std::string recipients_text(const protocol::decision& decision, const protocol::gids& gids);

struct stored_report {
    std::string id;
    std::string ontvangen;  // day
    protocol::decision decision;
};
// What the reporter sees, with the receipt (if there is one) in six groups; and the same for machines.
[[nodiscard]] crypto::plain submitted_text(const stored_report& stored, const protocol::gids& gids,
                                           const crypto::receipt* receipt);
[[nodiscard]] crypto::plain submitted_json(const stored_report& stored, const protocol::gids& gids,
                                           const crypto::receipt* receipt);

}  // namespace desk
