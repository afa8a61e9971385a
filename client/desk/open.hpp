// baken desk open: one report is fetched and opened on this machine, with every check of protocol §§3 and 4.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> open(const open_order& order);

}  // namespace desk
