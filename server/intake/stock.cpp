#include "server/intake/stock.hpp"

#include <algorithm>
#include <cassert>
#include <string.h>

namespace receipts {

std::span<std::uint8_t> stock::place(std::size_t at) {
    return seeds_.span().subspan(at * crypto::seed::size, crypto::seed::size);
}

void stock::put(const crypto::seed& seed, const protocol::mailbox_keys& keys) {
    assert(!full());
    std::ranges::copy(seed.view(), place(keys_.size()).begin());
    keys_.push_back(keys);
}

std::optional<protocol::mailbox_keys> stock::take(crypto::seed& seed) {
    if (keys_.empty()) return std::nullopt;
    const auto keys = keys_.back();
    keys_.pop_back();
    const auto from = place(keys_.size());
    std::ranges::copy(from, seed.span().begin());
    ::explicit_bzero(from.data(), from.size());
    return keys;
}

}  // namespace receipts
