// The daily head of a desk's audit trail (protocol §2, `baken-hoofd+jws`): signed with the log key that the
// directory names, so that a trail cut at its end shows to whoever kept one.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "crypto/protocol/documents.hpp"
#include "crypto/protocol/trail.hpp"

namespace protocol {

struct daily_head : signed_document {
    std::string loket;
    day datum;
    trail_head head;  // the last line of that day
};

// bad_signature unless the log key signed it; bad_document.
[[nodiscard]] std::expected<daily_head, errc> read_daily_head(std::string_view token,
                                                              const crypto::sign_public& log_key);

void sign_document(daily_head& document, const crypto::sign_keys& log_key);

}  // namespace protocol
