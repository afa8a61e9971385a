// What happens once a day, soon after midnight UTC: the past day is brought out of the order in which it
// came, and reports whose term is past are destroyed, as soon as this machine's clock is believed. Once at
// each start too, should the night have been missed; then the heads of the past day are signed, and what
// somebody must do is told. Once an hour, by a clock that nobody sets, attachments that no report claimed go;
// and each round, and when one comes that need not wait, urgent reports that nobody opened by their hour go
// to their fallback desk.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "base/async/task.hpp"
#include "crypto/protocol/calendar.hpp"
#include "server/jobs/believed_day.hpp"
#include "server/jobs/profiles.hpp"
#include "server/store/store.hpp"
#include "server/trust/registry.hpp"

namespace jobs {

class nightly {
  public:
    // They must outlive it. registry: where alarms come from, and what hears of documents that went; log_key:
    // what daily heads are signed with. None: none. believed: whether time may destroy something; none:
    // always.
    nightly(store::store& store, const protocol::clock& clock, std::vector<profile> profiles,
            trust::registry* registry = nullptr, std::optional<crypto::sign_keys> log_key = {},
            std::optional<believed_day> believed = {})
        : store_(store),
          clock_(clock),
          profiles_(std::move(profiles)),
          registry_(registry),
          log_key_(std::move(log_key)),
          believed_(std::move(believed)) {}

    // Runs until the store's bell closes, a round every so long. What fails is done again in the next.
    [[nodiscard]] async::task<void> run(std::chrono::seconds every = std::chrono::minutes(1));
    // Everything of this day that was not done yet; what time destroys only where the day is believed. False:
    // something must be done again.
    [[nodiscard]] async::task<bool> once(protocol::day today);
    // By which reports end; none: none ends by itself.
    [[nodiscard]] const std::vector<profile>& profiles() const { return profiles_; }
    // What somebody must do, as lines of the log.
    void tell_alarms(protocol::day today);
    // What else is told with them, once a day.
    void tell_also(std::function<void(protocol::day today)> more) { tell_also_ = std::move(more); }

  private:
    [[nodiscard]] async::task<bool> publish(protocol::day today);
    [[nodiscard]] async::task<void> release();
    [[nodiscard]] async::task<bool> compact(protocol::day today);
    [[nodiscard]] async::task<bool> retain(protocol::day today);
    // What time destroys.
    [[nodiscard]] async::task<bool> destroy(protocol::day today);
    // Whether this day is one to destroy something on; says where it is not, once and then once a day.
    [[nodiscard]] bool believes(protocol::day today);
    [[nodiscard]] async::task<void> sweep();

    store::store& store_;
    const protocol::clock& clock_;
    const std::vector<profile> profiles_;
    trust::registry* registry_;
    const std::optional<crypto::sign_keys> log_key_;
    const std::optional<believed_day> believed_;
    std::optional<protocol::day> compacted_, retained_, published_;  // the last day that was done
    std::optional<protocol::day> told_unread_;                       // likewise
    std::optional<protocol::day> doubted_since_, doubted_;  // the first day, and the last it was told
    std::optional<protocol::day> alarmed_;
    std::function<void(protocol::day)> tell_also_;
    std::chrono::steady_clock::time_point looked_;  // at the round of sweeps
    std::optional<std::int64_t> round_;             // that it was then
    bool told_ = false;                             // that something fails
};

}  // namespace jobs
