// A desk's trail as the server hands it out, and whether it is still the one that this machine saw before.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "client/line/session.hpp"
#include "crypto/protocol/trail.hpp"

namespace desk {

struct trail_page {
    std::vector<std::string> lines;  // their bytes
    std::vector<std::string> heads;  // of days: tokens, not verified
};

// Every line behind line `after`, an answer at a time; then the head that the last answer named. Each answer
// leaves a line of its own, which is the last that it holds.
[[nodiscard]] client::result<protocol::trail_head> read_trail(
    client::session& session, std::int64_t after,
    const std::function<client::result<void>(const trail_page&)>& take);

// Fetches the lines since this machine last followed the trail, and refuses one that does not contain every
// head that was seen here since (protocol §7). Asks nothing where no head was, nor twice in an hour: the
// asking is a line of the trail itself, that others then see.
[[nodiscard]] client::result<void> follow_trail(client::session& session);

}  // namespace desk
