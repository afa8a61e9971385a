// baken report submit: a draft is routed and sealed on this machine, and sent until the server has stored it.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> submit(const submit_order& order);

}  // namespace desk
