// Whether a recipient's key is one to seal to today, as the server takes it (protocol §3).
#pragma once

#include <string>
#include <string_view>

#include "crypto/protocol/envelope_json.hpp"
#include "server/trust/snapshot.hpp"

namespace trust {

// Adds what is wrong, at this place of the body: `tijdvak`, or `sleutel`. desk: an id of the directory. What
// was no epoch at all is said already by whoever read the body.
void judge_key(const protocol::recipient& to, std::string_view desk, const std::string& at,
               const snapshot& now, protocol::day today, protocol::faults& found);

}  // namespace trust
