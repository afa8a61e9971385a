#include "server/jobs/believed_day.hpp"

#include <ctime>
#include <utility>

namespace jobs {

std::int64_t since_boot() {
    std::timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return now.tv_sec;
}

believed_day::believed_day(const protocol::clock& clock, std::function<std::optional<std::int64_t>()> agreed,
                           std::function<std::int64_t()> passed)
    : clock_(clock),
      agreed_(std::move(agreed)),
      passed_(std::move(passed)),
      apart_(clock.now() - passed_()) {}

std::int64_t believed_day::ahead() const { return clock_.now() - passed_() - apart_; }

believed_day::doubt believed_day::today() const {
    constexpr std::int64_t corrected = 3600;  // what setting a clock right may amount to
    if (ahead() > corrected) return doubt::ran_ahead;
    const auto agreed = agreed_();
    return agreed && protocol::day::of(*agreed) >= clock_.today() ? doubt::none : doubt::nobody_agrees;
}

}  // namespace jobs
