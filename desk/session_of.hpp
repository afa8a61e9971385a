// The session that every verb of a desk's person begins with.
#pragma once

#include "client/session.hpp"
#include "desk/arguments.hpp"

namespace desk {

// Of the profile and the flags; asks for the passphrase.
[[nodiscard]] client::result<client::session> session_of(const place_flags& place);

}  // namespace desk
