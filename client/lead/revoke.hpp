// baken desk revoke: people leave a desk. One new stand without their memberships and with new keys for every
// week from this one on, wrapped for those who stay; in force with the next request.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> revoke(const revoke_order& order);

}  // namespace desk
