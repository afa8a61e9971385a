// The daily heads of the trails (protocol §7): what each desk's trail ended in at the end of a day, signed
// with the log key, so that a trail cut at its end shows to whoever kept one.
#pragma once

#include <expected>

#include "base/async/task.hpp"
#include "crypto/keys.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/store/store.hpp"

namespace jobs {

// Of every trail that has none of that day yet; how many. A desk where nothing was done keeps the line it
// had, with the new day. A trail that cannot be read is left out, and told.
[[nodiscard]] async::task<std::expected<int, store::errc>> publish_heads(const crypto::sign_keys& log_key,
                                                                         protocol::day of,
                                                                         store::store& store);

}  // namespace jobs
