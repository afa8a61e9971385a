#include "server/admission/gate.hpp"

#include <algorithm>
#include <utility>

#include "base/watch/log.hpp"

namespace admission {
namespace {

constexpr std::chrono::seconds between_lines{10};

}  // namespace

gate::gate(std::size_t threads, std::function<double()> pressure, limits limits)
    : pressure_(std::move(pressure)), limits_(limits), threads_(threads) {}

void gate::felt(std::size_t thread, std::chrono::microseconds delay, clock::time_point now) {
    auto& own = threads_.at(thread);
    // A measure comes as late as what it measures.
    const bool forgotten = now - own.at.load(std::memory_order_relaxed) > limits_.memory + delay;
    own.at.store(now, std::memory_order_relaxed);
    if (forgotten) {
        own.standing.store(0, std::memory_order_relaxed);
        own.since = now;
        own.least = delay;
        return;
    }
    own.least = std::min(own.least, delay);
    if (now - own.since < limits_.window) return;
    own.standing.store(own.least.count(), std::memory_order_relaxed);
    own.since = now;
    own.least = delay;
}

std::chrono::microseconds gate::delay(clock::time_point now) const {
    std::int64_t longest = 0;
    for (const auto& one : threads_) {
        const auto standing = one.standing.load(std::memory_order_relaxed);
        // The next measure may be that late.
        const auto lasts = limits_.memory + std::chrono::microseconds(standing);
        if (now - one.at.load(std::memory_order_relaxed) <= lasts) longest = std::max(longest, standing);
    }
    return std::chrono::microseconds(longest);
}

const step& gate::step_of(importance of) const {
    switch (of) {
        case importance::reading:
            return limits_.reading;
        case importance::writing:
            return limits_.writing;
        case importance::rescue:
            break;
    }
    return limits_.rescue;
}

bool gate::sheds(importance of, clock::time_point now) {
    const auto& step = step_of(of);
    const bool shed = delay(now) >= step.delay || pressure_() >= step.pressure;
    tell(of, shed, now);
    return shed;
}

// A line when it begins and one when it is over, so that the operator knows. The queue's measure swings with
// every batch, so a change is told at most every ten seconds: a flood must not fill the log.
void gate::tell(importance of, bool shed, clock::time_point now) {
    auto& told = told_[std::to_underlying(of)];
    auto& at = told_at_[std::to_underlying(of)];
    if (told.load(std::memory_order_relaxed) == shed) return;
    const auto last = at.load(std::memory_order_relaxed);
    if (last != clock::time_point{} && now - last < between_lines) return;
    if (told.exchange(shed) == shed) return;
    at.store(now, std::memory_order_relaxed);
    constexpr watch::word who[] = {"visitors who only read", "reports that are not urgent",
                                   "everybody, urgent reports and desks too"};
    const auto whom = who[std::to_underlying(of)];
    if (shed)
        watch::note("too busy, some are asked to come back in a moment", {{"who", whom}});
    else
        watch::note("not too busy any more", {{"who", whom}});
}

}  // namespace admission
