// baken desk keys: a lead makes the epoch keys that are missing in the coming weeks, wraps them for every
// member, and renews the desk's standing, which lasts 35 days.
#pragma once

#include <vector>

#include "client/refusal.hpp"
#include "crypto/protocol/calendar.hpp"
#include "desk/arguments.hpp"
#include "desk/epoch_secrets.hpp"

namespace desk {

[[nodiscard]] client::result<void> keys(const keys_order& order);

// The weeks, from that of today on, that have no key or two (of which neither counts).
[[nodiscard]] std::vector<protocol::epoch> missing_weeks(const std::vector<held_key>& keys,
                                                         protocol::day today, int weeks);

// How many weeks in a row, from that of today on, have a key.
[[nodiscard]] int weeks_ahead(const std::vector<held_key>& keys, protocol::day today);

}  // namespace desk
