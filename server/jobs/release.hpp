// Urgent reports that nobody of their first desk opened by their hour go to its fallback desk as well
// (protocol §3): once, with a line in both trails that names the hour.
#pragma once

#include <cstdint>
#include <expected>

#include "base/async/task.hpp"
#include "server/store/store.hpp"

namespace jobs {

// now: Unix seconds. How many were released.
[[nodiscard]] async::task<std::expected<int, store::errc>> release_overdue(std::int64_t now,
                                                                           store::store& store);

}  // namespace jobs
