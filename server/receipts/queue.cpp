#include "server/receipts/queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace receipts {

bool queue::add(const mark& of, crypto::seed&& seed, waiter&& one, rank who) {
    if (auto at = waiters_.find(of); at != waiters_.end()) {
        at->second.push_back(std::move(one));
        return true;
    }
    if (jobs_.size() >= (who == rank::urgent ? most_ : most_ - kept_)) return false;
    jobs_.push_back({of, std::move(seed)});
    waiters_[of].push_back(std::move(one));
    return true;
}

std::optional<queue::job> queue::next() {
    if (jobs_.empty()) return std::nullopt;
    auto first = std::move(jobs_.front());
    jobs_.pop_front();
    return first;
}

std::vector<waiter> queue::done(const mark& of) {
    auto ended = waiters_.extract(of);
    if (ended.empty()) return {};
    return std::move(ended.mapped());
}

std::vector<waiter> queue::clear() {
    std::vector<waiter> all;
    for (auto& [of, some] : waiters_) std::ranges::move(some, std::back_inserter(all));
    waiters_.clear();
    jobs_.clear();
    return all;
}

}  // namespace receipts
