// baken desk passwd: another passphrase for a key file. The keys in it stay, so nobody has to be told.
#pragma once

#include "client/arguments.hpp"
#include "client/line/refusal.hpp"

namespace desk {

[[nodiscard]] client::result<void> passwd(const passwd_order& order);

}  // namespace desk
