// baken desk pull: the desk's reports from first to last, and, with --follow, those that arrive from then on.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> pull(const pull_order& order);

}  // namespace desk
