// Orders to destroy a report whose seven days are over, and which time alone may carry out (protocol §11).
#pragma once

#include "base/async/task.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/store/store.hpp"

namespace jobs {

// Destroys each, with a line in the trail of every desk that had it; how many there were.
[[nodiscard]] async::task<std::expected<int, store::errc>> carry_out_orders(protocol::day today,
                                                                            store::store& store);

}  // namespace jobs
