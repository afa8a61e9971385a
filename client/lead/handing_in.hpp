// Handing in what a lead made: POST leden, sleutels, standen, in this order. What no stand lists yet is
// stored and waits; the stand puts everything in force at once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "client/lead/standing.hpp"
#include "client/line/session.hpp"
#include "crypto/protocol/issue.hpp"

namespace desk {

// Each under the week of the key that the stand in force lists (the server finds the key by it).
using epoch_wraps = std::vector<std::pair<protocol::epoch, crypto::sealed>>;

[[nodiscard]] client::result<void> hand_in(client::session& session, const protocol::membership& member,
                                           const epoch_wraps& wraps);
// Also more wraps of a key that was handed in before.
[[nodiscard]] client::result<void> hand_in(client::session& session, const protocol::issued_key& key);

struct handed_in_again {
    int documents = 0;  // that the server did not have
    bool keys = false;  // epoch keys are among them: nobody has a wrap of those any more
};
// Once more what was handed in from this machine behind the last stand that the server still has, for one
// that lost it: memberships, keys and stands as they were signed, without wraps, which nobody keeps.
[[nodiscard]] client::result<handed_in_again> hand_in_again(client::session& session);

// Signs the stand that follows standing.previous. Refused where another lead was first.
[[nodiscard]] client::result<protocol::stand> publish(client::session& session, const standing& standing,
                                                      std::vector<std::string> members,
                                                      std::vector<std::string> keys);

}  // namespace desk
