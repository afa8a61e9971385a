// `baken admin directory-verify`: replays the directory from version 1 and says what changed when, from the
// public endpoints alone. Needs no TLS trust: everything it believes is signed down from the pinned root.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "client/line/refusal.hpp"

namespace admin {

// Writes a line per version and per desk of the newest one. Any document that does not verify is the refusal.
[[nodiscard]] client::result<void> directory_verify(const std::string& url,
                                                    const std::vector<std::string>& roots, std::ostream& out);

}  // namespace admin
