// The derivations that somebody waits for: one a seed, however many wait for it. Bounded, and fair to who
// came by the check page: made-up seeds wait behind those that were given out. Not synchronised: its owner
// locks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "crypto/keys.hpp"
#include "server/intake/given.hpp"
#include "server/intake/mailboxes.hpp"

namespace receipts {

using answer = std::expected<protocol::mailbox_keys, errc>;
// Called once, from any thread.
using waiter = std::move_only_function<void(const answer&)>;

// Whose seed it is: one that this server gave out with a check page, or one that somebody made up.
enum class origin : std::uint8_t { given_out, invented };

class queue {
  public:
    struct job {
        mark of;
        crypto::seed seed;
    };
    // A random whole number below the one given, which is at least 1.
    using chance = std::function<std::size_t(std::size_t)>;

    // most: for each rank, so that neither keeps the other out. drawn: tests put their own here.
    explicit queue(std::size_t most, chance drawn = by_chance) : most_(most), drawn_(std::move(drawn)) {}
    [[nodiscard]] bool empty() const;
    [[nodiscard]] bool full(rank who) const { return count(who) >= most_; }

    // Joins the derivation of this seed, whether it waits or is under way; where there is none, adds it.
    // Where that is one too many a random one of that rank goes, an invented one while there is any; perhaps
    // the new one itself. Answers who waited for the one that went; they are to be told that it is busy.
    [[nodiscard]] std::vector<waiter> add(const mark& of, crypto::seed&& seed, waiter&& one,
                                          rank who = rank::ordinary, origin from = origin::given_out);
    // The one to derive now: of seeds given out before any that was made up, of the two ranks in turn, within
    // them in the order in which they were asked; under way until done().
    [[nodiscard]] std::optional<job> next();
    // Ends a derivation: who waited for it.
    [[nodiscard]] std::vector<waiter> done(const mark& of);
    // Ends all of them.
    [[nodiscard]] std::vector<waiter> clear();

  private:
    using line = std::deque<job>;
    [[nodiscard]] static std::size_t by_chance(std::size_t below);
    [[nodiscard]] line& of(rank who, origin from) {
        return lines_[static_cast<std::size_t>(from) * 2 + static_cast<std::size_t>(who)];
    }
    [[nodiscard]] const line& of(rank who, origin from) const {
        return lines_[static_cast<std::size_t>(from) * 2 + static_cast<std::size_t>(who)];
    }
    [[nodiscard]] std::size_t count(rank who) const {
        return of(who, origin::given_out).size() + of(who, origin::invented).size();
    }

    std::size_t most_;
    chance drawn_;
    std::array<line, 4> lines_;  // by origin and rank
    rank turn_ = rank::urgent;
    std::map<mark, std::vector<waiter>> waiters_;  // of the jobs, and of what is under way
};

}  // namespace receipts
