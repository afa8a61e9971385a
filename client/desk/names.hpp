// baken desk names: what the members of the desk are called on this machine; and to and from a file, for its
// other machines.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> names(const names_order& order);

}  // namespace desk
