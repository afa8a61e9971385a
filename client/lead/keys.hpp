// baken desk keys: a lead makes the epoch keys that are missing in the coming weeks, wraps them for every
// member, and renews the desk's standing, which lasts 35 days. Where a membership ended since, all weeks from
// the current one on get new keys.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> keys(const keys_order& order);

}  // namespace desk
