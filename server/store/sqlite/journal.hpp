// Group commit. One thread takes everything that queued while the last fsync ran, applies it in one
// transaction (each job under its own savepoint, so that one failure is one failure) and answers only
// after the commit.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "async/task.hpp"
#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

struct journal_limits {
    std::size_t jobs = 4096;
    std::size_t bytes = std::size_t{64} << 20;
};

class journal {
  public:
    journal(connection db, journal_limits limits);
    ~journal();
    // Commits and answers what is queued, then ends; later writes are refused with closed. May be
    // called twice.
    void close();

    [[nodiscard]] bool full() const;

    // Runs apply on the journal's thread inside a transaction; its answer comes back on the caller's
    // executor once that is durable. bytes: about what the job holds in memory. busy when the queue is
    // full, unavailable when the commit failed. committed runs on the journal's thread after the
    // commit, before the answer.
    template <class T>
    [[nodiscard]] async::task<std::expected<T, errc>> write(
        std::size_t bytes, std::function<std::expected<T, errc>(connection&)> apply,
        std::function<void(const T&)> committed = {}) {
        using answer = std::expected<T, errc>;
        auto initiate = [this, bytes](auto handler, auto work, auto after) {
            auto executor = boost::asio::get_associated_executor(handler);
            auto state = std::make_shared<pending<T, decltype(handler), decltype(executor)>>(
                std::move(handler), executor);
            job one;
            one.bytes = bytes;
            one.apply = [state, work = std::move(work)](connection& db) {
                state->result = work(db);
                return state->result.has_value();
            };
            one.done = [state, executor, after = std::move(after)](std::expected<void, errc> commit) mutable {
                if (!commit) state->result = std::unexpected(commit.error());
                if (state->result && after) after(*state->result);
                answer_on(executor, std::move(state));
            };
            if (auto refused = enqueue(std::move(one)); !refused) {
                state->result = std::unexpected(refused.error());
                answer_on(executor, std::move(state));
            }
        };
        co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(answer)>(
            initiate, boost::asio::use_awaitable, std::move(apply), std::move(committed));
    }

  private:
    // A caller that waits. The work guard keeps its executor running although nothing is queued there.
    template <class T, class Handler, class Executor>
    struct pending {
        pending(Handler h, const Executor& executor) : handler(std::move(h)), busy(executor) {}
        Handler handler;
        boost::asio::executor_work_guard<Executor> busy;
        std::expected<T, errc> result = std::unexpected(errc::unavailable);
    };
    template <class Executor, class State>
    static void answer_on(const Executor& executor, State state) {
        boost::asio::post(
            executor, [state = std::move(state)] { std::move(state->handler)(std::move(state->result)); });
    }
    struct job {
        std::size_t bytes = 0;
        std::function<bool(connection&)> apply;  // false: rolled back
        std::function<void(std::expected<void, errc> commit)> done;
    };

    [[nodiscard]] std::expected<void, errc> enqueue(job one);
    void run();
    // Applies a batch in one transaction; what its commit answered.
    [[nodiscard]] std::expected<void, errc> commit(std::vector<job>& batch);
    [[nodiscard]] std::expected<void, errc> apply_one(job& one);

    connection db_;
    journal_limits limits_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<job> queue_;
    std::size_t queued_bytes_ = 0;
    bool closing_ = false;
    bool failing_ = false;  // whether the last batch failed: a fault is logged once, and once when it is over
    std::thread thread_;
};

}  // namespace store::sqlite
