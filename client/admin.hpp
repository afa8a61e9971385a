// baken admin …: becomes the sibling program baken-admin, so that an officer's machine carries no
// database client.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

// Returns only where the sibling is missing or cannot be run.
[[nodiscard]] client::result<void> admin(const admin_order& order);

}  // namespace desk
