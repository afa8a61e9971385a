#include "server/pages/sent.hpp"

namespace pages {

sent::sent(const protocol::clock& clock, std::chrono::seconds shown, std::size_t most)
    : clock_(clock), shown_(shown.count()), started_(clock.now()), most_(most) {}

bool sent::in_time(std::int64_t at) const {
    const auto now = clock_.now();
    return at <= now && now - at < shown_;
}

void sent::drop_oldest() {
    const auto& oldest = order_.front();
    // A number that was noted again stands further back, too.
    if (const auto found = at_.find(oldest.id); found != at_.end() && found->second == oldest.at)
        at_.erase(found);
    order_.pop_front();
}

void sent::keep(const crypto::uuid& id, std::int64_t now) {
    while (!order_.empty() && !in_time(order_.front().at)) drop_oldest();
    at_.insert_or_assign(id, now);
    order_.push_back({id, now});
    while (order_.size() > most_) drop_oldest();
}

void sent::note(const crypto::uuid& id) {
    const std::lock_guard held(mutex_);
    if (!at_.contains(id)) keep(id, clock_.now());
}

void sent::stored(const crypto::uuid& id) {
    const std::lock_guard held(mutex_);
    keep(id, clock_.now());
}

std::optional<std::int64_t> sent::when(const crypto::uuid& id) const {
    const std::lock_guard held(mutex_);
    const auto at = at_.find(id);
    return at == at_.end() ? std::nullopt : std::optional(at->second);
}

bool sent::shows(const crypto::uuid& id, std::int32_t day) const {
    const std::lock_guard held(mutex_);
    const auto at = at_.find(id);
    if (at != at_.end()) return in_time(at->second);
    return in_time(started_) && day == protocol::day::of(started_).number;
}

}  // namespace pages
