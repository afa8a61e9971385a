// Whether time may destroy something today. A clock that jumps eight days must not carry out in an hour what
// people were given seven days to take back, so this machine's clock alone is not believed: it may not run
// ahead of the time that passed since the start, and somebody's own machine must agree with it, by a request
// that they signed today (protocol §7: within five minutes of our clock, or it is refused).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "crypto/protocol/calendar.hpp"

namespace jobs {

// Seconds since this machine was started, its sleep among them: a clock that nobody sets.
[[nodiscard]] std::int64_t since_boot();

class believed_day {
  public:
    enum class doubt {
        none,
        nobody_agrees,  // nobody has signed anything today
        ran_ahead,      // by more than an hour, since the start
    };
    // The clock must outlive it. agreed: when the newest signed request was made that was believed, in Unix
    // seconds; nothing since the start: nothing. passed: what since_boot says.
    believed_day(const protocol::clock& clock, std::function<std::optional<std::int64_t>()> agreed,
                 std::function<std::int64_t()> passed = since_boot);

    [[nodiscard]] doubt today() const;
    // How far the clock is ahead of the time that passed since the start, in seconds; negative: behind.
    [[nodiscard]] std::int64_t ahead() const;

  private:
    const protocol::clock& clock_;
    std::function<std::optional<std::int64_t>()> agreed_;
    std::function<std::int64_t()> passed_;
    std::int64_t apart_;  // both clocks, at the start
};

}  // namespace jobs
