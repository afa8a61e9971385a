// What a lead makes for their desk (protocol §§1, 2): memberships, epoch keys with their wraps, and the stand
// that puts them in force.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "crypto/protocol/directory.hpp"
#include "crypto/protocol/documents.hpp"

namespace protocol {

struct issued_key {
    epoch_key key;
    std::vector<std::pair<crypto::uuid, crypto::sealed>> wraps;  // one a member: lid and sealed secret
};

// A fresh epoch key, its secret wrapped for every member given who reads, and then forgotten. low_order_key
// where a member's box key cannot be sealed to.
[[nodiscard]] std::expected<issued_key, crypto::errc> issue_epoch_key(std::string_view loket, epoch week,
                                                                      std::span<const membership> members,
                                                                      const crypto::sign_keys& lead);

// A membership from today. A box key lives at most 26 weeks (§1): until is where an earlier membership with
// the same box key ends; nothing for a new key.
[[nodiscard]] membership issue_membership(std::string_view loket, const crypto::uuid& lid,
                                          const crypto::sign_public& sign_key,
                                          const crypto::box_public& box_key, std::string_view rol, day today,
                                          const crypto::sign_keys& lead,
                                          std::optional<day> until = std::nullopt);

// The stand that follows `previous` (nothing: the first), in force for 35 days from today.
[[nodiscard]] stand issue_stand(const std::optional<stand>& previous, std::string_view loket,
                                std::vector<std::string> leden, std::vector<std::string> sleutels, day today,
                                const crypto::sign_keys& lead);

}  // namespace protocol
