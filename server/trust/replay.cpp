#include "server/trust/replay.hpp"

#include "crypto/hash.hpp"

namespace trust {

crypto::block<16> nonce_mark(std::string_view keyid, const crypto::block<16>& nonce) {
    crypto::bytes both(keyid.begin(), keyid.end());
    both.insert(both.end(), nonce.begin(), nonce.end());
    return crypto::blake2b_128(both);
}

bool replay::fresh(const crypto::block<16>& mark, std::int64_t until, std::int64_t now) {
    std::lock_guard lock(mutex_);
    while (!by_end_.empty() && by_end_.begin()->first < now) {
        seen_.erase(by_end_.begin()->second);
        by_end_.erase(by_end_.begin());
    }
    if (!seen_.emplace(mark, until).second) return false;
    by_end_.emplace(until, mark);
    return true;
}

}  // namespace trust
