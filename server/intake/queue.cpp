#include "server/intake/queue.hpp"

#include <algorithm>
#include <iterator>
#include <random>
#include <utility>

#include "crypto/random.hpp"

namespace receipts {

std::size_t queue::by_chance(std::size_t below) {
    crypto::random_bits bits;
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(bits);
}

bool queue::empty() const {
    return std::ranges::all_of(lines_, [](const line& one) { return one.empty(); });
}

std::vector<waiter> queue::add(const mark& of, crypto::seed&& seed, waiter&& one, rank who, origin from) {
    if (auto at = waiters_.find(of); at != waiters_.end()) {
        at->second.push_back(std::move(one));
        return {};
    }
    waiters_[of].push_back(std::move(one));
    this->of(who, from).push_back({of, std::move(seed)});
    if (count(who) <= most_) return {};
    auto& invented = this->of(who, origin::invented);
    auto& some = invented.empty() ? this->of(who, origin::given_out) : invented;
    const auto gone = some.begin() + static_cast<std::ptrdiff_t>(drawn_(some.size()));
    const auto whose = gone->of;
    some.erase(gone);
    return done(whose);
}

std::optional<queue::job> queue::next() {
    for (const auto from : {origin::given_out, origin::invented}) {
        for (int tries = 0; tries < 2; ++tries) {
            auto& some = of(turn_, from);
            turn_ = turn_ == rank::urgent ? rank::ordinary : rank::urgent;
            if (some.empty()) continue;
            std::optional<job> out(std::move(some.front()));
            some.pop_front();
            return out;
        }
    }
    return std::nullopt;
}

std::vector<waiter> queue::done(const mark& of) {
    auto at = waiters_.find(of);
    if (at == waiters_.end()) return {};
    auto out = std::move(at->second);
    waiters_.erase(at);
    return out;
}

std::vector<waiter> queue::clear() {
    std::vector<waiter> out;
    for (auto& [of, some] : waiters_)
        out.insert(out.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    waiters_.clear();
    for (auto& line : lines_) line.clear();
    return out;
}

}  // namespace receipts
