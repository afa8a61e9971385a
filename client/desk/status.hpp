// baken desk status: a desk and this person's place in it at a glance. Changes nothing; warnings are no
// failure.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> status(const status_order& order);

}  // namespace desk
