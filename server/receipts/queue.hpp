// The derivations that somebody waits for, in the order in which they were asked: one a seed, however many
// wait for it. Bounded. Not synchronised: its owner locks.
#pragma once

#include <cstddef>
#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "crypto/keys.hpp"
#include "server/receipts/given.hpp"
#include "server/receipts/mailboxes.hpp"

namespace receipts {

using answer = std::expected<protocol::mailbox_keys, errc>;
// Called once, from any thread.
using waiter = std::move_only_function<void(const answer&)>;

class queue {
  public:
    struct job {
        mark of;
        crypto::seed seed;
    };

    // kept: of `most`, for the urgent.
    explicit queue(std::size_t most, std::size_t kept = 0) : most_(most), kept_(kept) {}
    [[nodiscard]] bool empty() const { return jobs_.empty(); }
    [[nodiscard]] bool full() const { return jobs_.size() >= most_; }

    // Joins the derivation of this seed, whether it waits or is under way; where there is none, adds it.
    // False where that would be one too many: then nothing was moved.
    [[nodiscard]] bool add(const mark& of, crypto::seed&& seed, waiter&& one, rank who = rank::ordinary);
    // The one to derive now; under way until done().
    [[nodiscard]] std::optional<job> next();
    // Ends a derivation: who waited for it.
    [[nodiscard]] std::vector<waiter> done(const mark& of);
    // Ends all of them.
    [[nodiscard]] std::vector<waiter> clear();

  private:
    std::size_t most_, kept_;
    std::deque<job> jobs_;
    std::map<mark, std::vector<waiter>> waiters_;  // of the jobs, and of what is under way
};

}  // namespace receipts
