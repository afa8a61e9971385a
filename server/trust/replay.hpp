// Nonces of signed requests that were accepted, until their `created` is too old to be accepted at all
// (protocol §7).
#pragma once

#include <chrono>
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
    using moment = std::chrono::steady_clock::time_point;

    // False when it was seen before; remembers it otherwise, until `until` is past (Unix seconds, as now is).
    // It is past when `now` says so and as much time has gone by on a clock that nobody sets: else a clock
    // that jumps forward and back would make us forget what is accepted again afterwards.
    [[nodiscard]] bool fresh(const crypto::block<16>& mark, std::int64_t until, std::int64_t now,
                             moment at = std::chrono::steady_clock::now());

  private:
    void forget(std::int64_t now, moment at);

    std::mutex mutex_;
    std::map<crypto::block<16>, std::int64_t> seen_;  // and its `until`
    std::multimap<moment, crypto::block<16>> by_end_;
};

}  // namespace trust
