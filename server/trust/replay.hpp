// Nonces of signed requests that were accepted, until their `created` is too old to be accepted at all
// (protocol §7).
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"

namespace trust {

// BLAKE2b-128(keyid ‖ nonce).
[[nodiscard]] crypto::block<16> nonce_mark(std::string_view keyid, const crypto::block<16>& nonce);

class replay {
  public:
    // False when it was seen before; remembers it otherwise, until `until` (Unix seconds). Forgets what
    // is past `now`.
    [[nodiscard]] bool fresh(const crypto::block<16>& mark, std::int64_t until, std::int64_t now);

  private:
    std::mutex mutex_;
    std::map<crypto::block<16>, std::int64_t> seen_;
    std::multimap<std::int64_t, crypto::block<16>> by_end_;
};

}  // namespace trust
