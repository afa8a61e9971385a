// The mailboxes of seeds that were handed out or asked for, so that the same seed, sent again, costs nothing.
// A bounded table; the oldest goes first. Not synchronised: its owner locks.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>

#include "crypto/keys.hpp"
#include "crypto/protocol/report.hpp"

namespace receipts {

// BLAKE2b-128 of a seed: what stands for it where the seed itself must not stay. A seed has 256 random bits,
// so the hash leads nobody back to it.
using mark = crypto::block<16>;
[[nodiscard]] mark mark_of(const crypto::seed& seed);

class given {
  public:
    explicit given(std::size_t most) : most_(most) {}
    void keep(const mark& of, const protocol::mailbox_keys& keys);
    [[nodiscard]] std::optional<protocol::mailbox_keys> find(const mark& of) const;

  private:
    std::size_t most_;
    // A tree, not a hash table: people choose the seeds they send, so they could choose where a hash table
    // puts them.
    std::map<mark, protocol::mailbox_keys> keys_;
    std::deque<mark> order_;  // oldest first
};

}  // namespace receipts
