// The public key of a lead as an administrator has it: as text, or in the card that `baken desk keygen`
// wrote.
#pragma once

#include <string>

#include "client/line/refusal.hpp"
#include "crypto/keys.hpp"

namespace admin {

// given: 43 characters of base64url, or the path of FILE.pub. Refused where it is neither, and where the card
// is of another desk or of no lead.
[[nodiscard]] client::result<crypto::sign_public> read_lead_key(const std::string& given,
                                                                std::string_view desk);

}  // namespace admin
