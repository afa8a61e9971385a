// Reports whose work goes on under the keys of weeks long gone, which they keep alive: lists them, and
// closes, keeps or orders them all destroyed.
#pragma once

#include "client/arguments.hpp"

namespace desk {

[[nodiscard]] client::result<void> stragglers(const stragglers_order& order);

}  // namespace desk
