#include "server/net/budget.hpp"

namespace net {

bool budget::fits(use of, std::size_t more) const {
    const auto others = most_ - most_ / 3;
    return taken_ + more <= most_ && (of == use::report || by_others_ + more <= others);
}

budget::answer budget::make_room(const share& self, std::size_t more) {
    const bool only_others = self.of_ == use::other || by_others_ > 0;
    share* longest = nullptr;
    std::size_t leaving = 0;
    bool busy = false;
    for (auto* one : holders_) {
        if (one == &self || (only_others && one->of_ == use::report)) continue;
        if (one->told_) leaving += one->held_;
        busy = busy || one->told_ || !one->owes_;
        if (one->told_ || !one->owes_) continue;
        if (!longest || one->began_ < longest->began_) longest = one;
    }
    if (leaving >= more) return answer::wait;
    if (!longest || (self.of_ == longest->of_ && self.began_ < longest->began_))
        return busy ? answer::wait : answer::refused;
    longest->told_ = true;
    longest->cut_();
    return answer::wait;
}

budget::share::~share() {
    if (held_ == 0) return;
    const std::lock_guard lock(from_.mutex_);
    from_.taken_ -= held_;
    if (of_ == use::other) from_.by_others_ -= held_;
    from_.holders_.erase(at_);
}

budget::answer budget::share::grow_to(std::size_t bytes) {
    if (bytes <= free || bytes <= held_) return answer::held;
    const std::lock_guard lock(from_.mutex_);
    const auto more = bytes - held_;
    if (!from_.fits(of_, more)) return from_.make_room(*this, more);
    if (held_ == 0) at_ = from_.holders_.insert(from_.holders_.end(), this);
    held_ = bytes;
    from_.taken_ += more;
    if (of_ == use::other) from_.by_others_ += more;
    return answer::held;
}

void budget::share::owes(bool so) {
    const std::lock_guard lock(from_.mutex_);
    owes_ = so;
}

}  // namespace net
