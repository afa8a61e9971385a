// baken desk keygen: an officer or lead makes their own keys on their own machine; the secret half
// never leaves it.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> keygen(const keygen_order& order);

}  // namespace desk
