// baken desk card: the card of a key file once more, as keygen wrote it beside the file.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> card(const card_order& order);

}  // namespace desk
