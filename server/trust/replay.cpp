#include "server/trust/replay.hpp"

#include <utility>

#include "crypto/hash.hpp"

namespace trust {
namespace {

// When `until` is past, should the clock run on as it does now. Its last second counts whole.
replay::moment end_of(std::int64_t until, std::int64_t now, replay::moment at) {
    return at + std::chrono::seconds(until - now + 1);
}

}  // namespace

crypto::block<16> nonce_mark(std::string_view keyid, const crypto::block<16>& nonce) {
    crypto::bytes both(keyid.begin(), keyid.end());
    both.insert(both.end(), nonce.begin(), nonce.end());
    return crypto::blake2b_128(both);
}

bool replay::fresh(const crypto::block<16>& mark, std::int64_t until, std::int64_t now, moment at) {
    std::lock_guard lock(mutex_);
    forget(now, at);
    if (!seen_.emplace(mark, until).second) return false;
    by_end_.emplace(end_of(until, now, at), mark);
    return true;
}

void replay::forget(std::int64_t now, moment at) {
    while (!by_end_.empty() && by_end_.begin()->first <= at) {
        auto over = by_end_.extract(by_end_.begin());
        const auto found = seen_.find(over.mapped());
        if (found->second < now) {
            seen_.erase(found);
            continue;
        }
        // The clock was set back since: it would be accepted for that much longer.
        over.key() = end_of(found->second, now, at);
        by_end_.insert(std::move(over));
    }
}

}  // namespace trust
