#include "server/intake/given.hpp"

#include "crypto/hash.hpp"

namespace receipts {

mark mark_of(const crypto::seed& seed) { return crypto::blake2b_128(seed.view()); }

void given::keep(const mark& of, const protocol::mailbox_keys& keys) {
    if (most_ == 0 || !keys_.emplace(of, keys).second) return;
    order_.push_back(of);
    if (order_.size() <= most_) return;
    keys_.erase(order_.front());
    order_.pop_front();
}

std::optional<protocol::mailbox_keys> given::find(const mark& of) const {
    auto at = keys_.find(of);
    if (at == keys_.end()) return std::nullopt;
    return at->second;
}

}  // namespace receipts
