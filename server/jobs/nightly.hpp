// What happens once a day, soon after midnight UTC: the past day is brought out of the order in which it
// came, and reports whose term is past are destroyed. Once at each start too, should the night have been
// missed. And once an hour, by a clock that nobody sets: attachments that no report claimed go.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "async/task.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/jobs/profiles.hpp"
#include "server/store/store.hpp"

namespace jobs {

class nightly {
  public:
    // They must outlive it.
    nightly(store::store& store, const protocol::clock& clock, std::vector<profile> profiles)
        : store_(store), clock_(clock), profiles_(std::move(profiles)) {}

    // Runs until the store's bell closes. What fails is done again a minute later.
    [[nodiscard]] async::task<void> run();
    // Everything of this day that was not done yet. False: something must be done again.
    [[nodiscard]] async::task<bool> once(protocol::day today);

  private:
    [[nodiscard]] async::task<bool> compact(protocol::day today);
    [[nodiscard]] async::task<bool> retain(protocol::day today);
    [[nodiscard]] async::task<void> sweep();

    store::store& store_;
    const protocol::clock& clock_;
    const std::vector<profile> profiles_;
    std::optional<protocol::day> compacted_, retained_;  // the last day that was done
    std::chrono::steady_clock::time_point looked_;       // at the round of sweeps
    std::optional<std::int64_t> round_;                  // that it was then
    bool told_ = false;                                  // that something fails
};

}  // namespace jobs
