// A desk as its lead sees it before changing it: who is a member, which epoch keys the newest stand
// lists, and which of their secrets this lead holds. And the changes: documents are handed in, then a
// stand puts them in force.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "client/session.hpp"
#include "crypto/protocol/issue.hpp"
#include "desk/epoch_secrets.hpp"

namespace desk {

struct standing {
    std::string standaard;                   // the routing table's default desk
    std::vector<crypto::sign_public> leads;  // in the newest directory
    std::optional<protocol::stand> stand;    // newest verified one
    // What the next stand must follow: the newest verified one, or else the newest that was ever published
    // (its lead was replaced since), of which nothing but number and hash counts.
    std::optional<protocol::stand> previous;
    bool is_member = false;                     // this lead, to the server
    std::vector<protocol::membership> members;  // that the stand lists and that have not ended; one a lid
    std::vector<held_key> keys;                 // that the stand lists; only where this lead is a member

    // Hashes for the next stand. Where this lead is no member, what the stand lists cannot be looked at
    // and stays.
    [[nodiscard]] std::vector<std::string> member_hashes(const std::set<crypto::uuid>& without) const;
    [[nodiscard]] std::vector<std::string> key_hashes(const std::set<std::string>& without) const;
};

// Refuses a key file without a lead key, and one whose lead key the directory does not name for this desk.
[[nodiscard]] client::result<standing> read_standing(client::session& session);

// POST leden, sleutels, standen: in this order.
using epoch_wraps = std::vector<std::pair<protocol::epoch, crypto::sealed>>;
[[nodiscard]] client::result<void> hand_in(client::session& session, const protocol::membership& member,
                                           const epoch_wraps& wraps);
[[nodiscard]] client::result<void> hand_in(client::session& session, const protocol::issued_key& key);
[[nodiscard]] client::result<protocol::stand> publish(client::session& session, const standing& standing,
                                                      std::vector<std::string> members,
                                                      std::vector<std::string> keys);

}  // namespace desk
