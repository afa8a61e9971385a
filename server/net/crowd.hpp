// The connections of one thread: those that wait for a request, those whose peer still owes us something (a
// handshake, the rest of a header or body, taking an answer), each the longest first, and those at work. When
// there is no room the longest idle one makes place for a new visitor, else the one that has owed longest.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <list>
#include <utility>

namespace net {

class connection;

class crowd {
  public:
    class place;
    enum class state : std::uint8_t { idle, owing, working };
    using clock = std::chrono::steady_clock;

    [[nodiscard]] bool empty() const {
        return of(state::idle).empty() && of(state::owing).empty() && of(state::working).empty();
    }
    // The connection that has been idle longest, or null.
    [[nodiscard]] connection* longest_idle() const { return longest(state::idle, clock::time_point::max()); }
    // The one whose peer has kept it waiting longest, since before `since`, or null.
    [[nodiscard]] connection* longest_owing(clock::time_point since) const {
        return longest(state::owing, since);
    }
    // Calls visit(connection&) for each; visit must not end one at once.
    template <class Visit>
    void each(Visit visit) const {
        for (const auto& some : lists_)
            for (const auto& one : some) visit(*one.who);
    }

  private:
    struct entry {
        connection* who;
        clock::time_point since;  // in its state
    };
    [[nodiscard]] const std::list<entry>& of(state at) const { return lists_[std::to_underlying(at)]; }
    [[nodiscard]] std::list<entry>& of(state at) { return lists_[std::to_underlying(at)]; }
    [[nodiscard]] connection* longest(state at, clock::time_point since) const {
        const auto& some = of(at);
        return some.empty() || some.front().since > since ? nullptr : some.front().who;
    }

    std::array<std::list<entry>, 3> lists_;
};

// A connection's place in the crowd, from its first moment to its last. A new one owes us a handshake.
class crowd::place {
  public:
    place(crowd& crowd, connection& owner) : crowd_(crowd) {
        auto& some = crowd_.of(state_);
        some.push_back({&owner, clock::now()});
        at_ = std::prev(some.end());
    }
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() { crowd_.of(state_).erase(at_); }

    // The time counts from the first of several calls for one state.
    void move(state to) {
        if (to == state_) return;
        at_->since = clock::now();
        auto& next = crowd_.of(to);
        next.splice(next.end(), crowd_.of(state_), at_);
        state_ = to;
    }
    [[nodiscard]] bool rests() const { return state_ == state::idle; }

  private:
    crowd& crowd_;
    std::list<entry>::iterator at_;
    state state_ = state::owing;
};

}  // namespace net
