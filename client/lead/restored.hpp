// baken desk restored: after the server came back from a backup, and the administrator said so by voice or in
// person. Each person of the desk runs it on their machine.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

// Forgets how far the desk's trail was seen, and, with a lead's key, hands in again what this machine handed
// in, so that the standing that everybody saw is in force again; keys among it are replaced, because wraps
// are kept nowhere. Nothing else that was seen is forgotten.
[[nodiscard]] client::result<void> restored(const restored_order& order);

}  // namespace desk
