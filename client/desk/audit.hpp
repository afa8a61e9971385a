// The desk's own audit trail, fetched whole and judged on this machine: its chain, every signature, the daily
// heads, and the head that this machine saw last.
#pragma once

#include "client/arguments.hpp"

namespace desk {

// Refused, after every fault was named, where the trail is not whole.
[[nodiscard]] client::result<void> audit(const audit_order& order);

}  // namespace desk
