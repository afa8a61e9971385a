// Reading runs on threads of its own, each with a read-only connection: a page fault on a frozen file system,
// a database that is far away or a long list so never holds up a thread that serves visitors.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/async/reply.hpp"
#include "base/async/task.hpp"
#include "server/store/sql/connection.hpp"
#include "server/store/sql/engine.hpp"

namespace store::sql {

struct reader_limits {
    unsigned threads = 2;
    std::size_t queue = 1024;                   // reads that wait
    std::chrono::milliseconds patience{5'000};  // how long a read is waited for
};

class readers {
  public:
    // The engine must outlive the readers.
    explicit readers(engine& engine, reader_limits limits = {});
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
                if (!db) {
                    to->give(answer(std::unexpected(db.error())));
                    return true;
                }
                auto found = work(**db);
                if (!found && !(*db)->usable()) return false;
                to->give(std::move(found));
                return true;
            });
        };
        auto answered = co_await async::answered<answer>(std::move(start), limits_.patience);
        if (!answered) co_return std::unexpected(errc::unavailable);
        co_return std::move(*answered);
    }

  private:
    // Called with a connection or with why there is none. False: the connection broke under it, and nobody
    // was answered; it is to be called again.
    using job = std::function<bool(std::expected<connection*, errc> db)>;
    void enqueue(job one);
    void run();
    void do_one(job& one, std::unique_ptr<connection>& db);

    engine& engine_;
    const reader_limits limits_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<job> queue_;
    bool closing_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace store::sql
