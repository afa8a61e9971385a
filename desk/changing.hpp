// What an officer of a report's first desk changes about it (api.md, PATCH).
#pragma once

#include "desk/arguments.hpp"

namespace desk {

// Sets the status afgesloten (or in-behandeling again).
[[nodiscard]] client::result<void> close(const close_order& order);
// Keeps reports past their term, sealed anew to the keys of this week; or no longer.
[[nodiscard]] client::result<void> keep(const keep_order& order);
// Reports whose work goes on under the keys of weeks long gone: lists them, and closes, keeps or orders them
// all destroyed.
[[nodiscard]] client::result<void> stragglers(const stragglers_order& order);

}  // namespace desk
