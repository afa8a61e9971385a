// A thread of its own for what would keep a serving thread from its connections: the verifying of documents
// that somebody hands in by the hundred, and the snapshot built from all of them. Jobs are done one by one,
// in the order in which they were given.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/async/reply.hpp"
#include "base/async/task.hpp"

namespace trust {

class aside {
  public:
    using job = std::move_only_function<void()>;

    aside();
    // Ends once the job under way is done; those that still wait are dropped.
    ~aside();
    aside(const aside&) = delete;
    aside& operator=(const aside&) = delete;

    void give(job one);

    // What `make` returns, made there; nothing where that took longer than anybody waits.
    template <class T, class Make>
    [[nodiscard]] async::task<std::optional<T>> made(Make make) {
        auto start = [this, make = std::move(make)](async::reply<T> to) mutable {
            give([make = std::move(make), to = std::move(to)]() mutable { to.give(make()); });
        };
        co_return co_await async::answered<T>(std::move(start), patience);
    }

  private:
    static constexpr std::chrono::milliseconds patience{10'000};

    void run();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<job> jobs_;
    bool closing_ = false;
    std::thread thread_;  // last: it works with the others
};

}  // namespace trust
