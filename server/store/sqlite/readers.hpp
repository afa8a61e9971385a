// Reading runs on threads of its own, each with a read-only connection: a page fault on a frozen file system
// or a long list so never holds up a thread that serves visitors.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "async/reply.hpp"
#include "async/task.hpp"
#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

struct reader_limits {
    unsigned threads = 2;
    std::size_t queue = 1024;                   // reads that wait
    std::chrono::milliseconds patience{5'000};  // how long a read is waited for
};

class readers {
  public:
    explicit readers(std::string path, reader_limits limits = {});
    ~readers();
    // Ends the threads once they did what they are at; what waits and what comes later gets closed. May be
    // called twice.
    void close();

    // What `reading` answers, on the caller's executor. busy when too many wait, unavailable where it cannot
    // be read or not in time.
    template <class T>
    [[nodiscard]] async::task<std::expected<T, errc>> read(
        std::function<std::expected<T, errc>(connection&)> reading) {
        using answer = std::expected<T, errc>;
        auto start = [this, &reading](async::reply<answer> reply) {
            auto to = std::make_shared<async::reply<answer>>(std::move(reply));
            enqueue([to, work = std::move(reading)](std::expected<connection*, errc> db) {
                to->give(db ? work(**db) : answer(std::unexpected(db.error())));
            });
        };
        auto answered = co_await async::answered<answer>(std::move(start), limits_.patience);
        if (!answered) co_return std::unexpected(errc::unavailable);
        co_return std::move(*answered);
    }

  private:
    // Called once, with a connection or with why there is none.
    using job = std::function<void(std::expected<connection*, errc> db)>;
    void enqueue(job one);
    void run();

    const std::string path_;
    const reader_limits limits_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<job> queue_;
    bool closing_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace store::sqlite
