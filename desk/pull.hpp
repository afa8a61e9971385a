// baken desk pull: the desk's reports from first to last, and, with --follow, those that arrive from then on.
#pragma once

#include "client/refusal.hpp"
#include "desk/arguments.hpp"

namespace desk {

[[nodiscard]] client::result<void> pull(const pull_order& order);

}  // namespace desk
