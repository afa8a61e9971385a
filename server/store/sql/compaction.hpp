// What came before today is brought into random order, and what tells the old one is overwritten (protocol
// §8): a few rows at a time between other writes.
#pragma once

#include <cstdint>

#include "base/async/task.hpp"
#include "server/store/sql/engine.hpp"
#include "server/store/sql/journal.hpp"
#include "server/store/sql/readers.hpp"

namespace store::sql {

// As store::compact. All three must outlive it.
[[nodiscard]] async::task<std::expected<void, errc>> compact(engine& engine, readers& readers,
                                                             journal& journal, std::int32_t today);

}  // namespace store::sql
