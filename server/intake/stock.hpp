// Seeds whose mailboxes were derived ahead. The seeds lie side by side in one locked slab; handing one out
// wipes its place. Not synchronised: its owner locks.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "crypto/keys.hpp"
#include "crypto/protocol/report.hpp"

namespace receipts {

class stock {
  public:
    explicit stock(std::size_t most) : most_(most), seeds_(most * crypto::seed::size) { keys_.reserve(most); }
    [[nodiscard]] bool full() const { return keys_.size() == most_; }
    // Must not be full.
    void put(const crypto::seed& seed, const protocol::mailbox_keys& keys);
    // Moves the one put last into `seed` and answers its keys; nothing where the stock is empty.
    [[nodiscard]] std::optional<protocol::mailbox_keys> take(crypto::seed& seed);

  private:
    // The place of the seed that belongs to keys_[at].
    [[nodiscard]] std::span<std::uint8_t> place(std::size_t at);

    std::size_t most_;
    crypto::plain seeds_;
    std::vector<protocol::mailbox_keys> keys_;
};

}  // namespace receipts
