#include "server/inbox/held_calls.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace inbox {

std::unique_ptr<held_calls::call> held_calls::begin(std::string member, async::bell::listening& waits) {
    const std::lock_guard lock(mutex_);
    const auto theirs = [&](const entry& one) { return one.member == member && !one.waits.ended(); };
    if (static_cast<std::size_t>(std::ranges::count_if(calls_, theirs)) >= most_)
        std::ranges::find_if(calls_, theirs)->waits.end();
    calls_.push_back({std::move(member), waits});
    return std::make_unique<call>(*this, std::prev(calls_.end()));
}

bool held_calls::give_way() {
    const std::lock_guard lock(mutex_);
    const auto at = std::ranges::find_if(calls_, [](const entry& one) { return !one.waits.ended(); });
    if (at == calls_.end()) return false;
    at->gave_way = true;
    at->waits.end();
    return true;
}

held_calls::call::~call() {
    const std::lock_guard lock(owner_.mutex_);
    owner_.calls_.erase(at_);
}

bool held_calls::call::gave_way() const {
    const std::lock_guard lock(owner_.mutex_);
    return at_->gave_way;
}

}  // namespace inbox
