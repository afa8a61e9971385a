// Which reports were destroyed: `baken admin destroyed` writes them down, to be copied off the machine, and a
// restore reads them, there or in a newer backup.
//
//   uuid YYYY-MM-DD        a line each, in the order of the ids
//   end 2 HASH             how many, and the hash of the lines before: without it the list was cut off
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "client/line/refusal.hpp"
#include "crypto/encoding.hpp"
#include "crypto/protocol/calendar.hpp"

namespace admin {

// Beside a running server. How many there are.
[[nodiscard]] client::result<std::int64_t> write_destroyed(const std::string& data, const std::string& to);

using destroyed_taker = std::function<client::result<void>(const crypto::uuid& id, protocol::day day)>;
// Refused where it is no such list, or not whole; what was taken until then does not count.
[[nodiscard]] client::result<void> read_destroyed(const std::string& path, const destroyed_taker& take);

}  // namespace admin
