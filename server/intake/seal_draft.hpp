// The path without JavaScript: what a reporter typed is sealed here, between receiving it and
// storing it. Sealing is that of every other client (protocol §3); from here on it is a
// posted report like any.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "crypto/protocol/sealing.hpp"
#include "server/intake/route.hpp"

namespace intake {

// How many bytes too long the finished document is for the largest size class; 0 where it fits.
[[nodiscard]] std::size_t excess(protocol::report& report, const protocol::decision& decision,
                                 const trust::snapshot& now);

// For take_report on the same day.
[[nodiscard]] std::expected<protocol::posted_report, protocol::seal_errc> seal(
    protocol::report& report, const protocol::decision& decision, const crypto::uuid& id,
    const std::optional<protocol::mailbox_keys>& mailbox, const trust::snapshot& now, protocol::day today);

}  // namespace intake
