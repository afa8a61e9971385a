// Group commit. One thread takes everything that queued while the last commit ran, applies it in one
// transaction (each job under its own savepoint, so that one failure is one failure) and answers only
// after the commit. A disk or database that does not answer holds nobody longer than the limits say.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/async/reply.hpp"
#include "base/async/task.hpp"
#include "server/store/limits.hpp"
#include "server/store/sql/connection.hpp"
#include "server/store/sql/engine.hpp"

namespace store::sql {

// What is asked of the journal.
template <class T>
struct work {
    std::size_t bytes = 0;  // about what it holds in memory
    // In the transaction of its batch; more than once where that had to begin anew. A fault leaves nothing.
    std::function<std::expected<T, errc>(connection&)> apply;
    // Where the engine sends ahead: sends what apply then takes the answer of. May be missing.
    std::function<void()> send;
    // After the commit, before the answer. May be missing.
    std::function<void(const T&)> committed;
};

class journal {
  public:
    // The engine must outlive the journal.
    journal(engine& engine, limits limits);
    ~journal();
    // Commits and answers what is queued, then ends; later writes are refused with closed. A database that
    // does not answer meanwhile is given up. May be called twice.
    void close();

    // Whether a write would be refused now: the queue is full, or the database stands still.
    [[nodiscard]] bool full() const;
    // How full the queue is, by count or by bytes, whichever is more: 0 to 1.
    [[nodiscard]] double pressure() const;

    // Does the work on the journal's thread inside a transaction; its answer comes back on the caller's
    // executor once that is durable. busy when the queue is full, the database stands still, or it did not
    // come to this job in time: nothing is stored, then or later. unsure when it began and did not end in
    // time, or the disk gave up or the database went away meanwhile. unavailable when the commit failed.
    template <class T>
    [[nodiscard]] async::task<std::expected<T, errc>> write(work<T> one) {
        using answer = std::expected<T, errc>;
        auto claim = std::make_shared<std::atomic<bool>>(false);
        auto start = [this, &one, &claim](async::reply<answer> reply) {
            enqueue(make_job<T>(std::move(one), std::move(reply), claim));
        };
        auto answered = co_await async::answered<answer>(std::move(start), limits_.patience);
        if (answered) co_return std::move(*answered);
        // Whoever is first: the journal, which then may have stored it, or we, and then it never will.
        const bool begun = claim->exchange(true);
        co_return std::unexpected(begun ? errc::unsure : errc::busy);
    }

  private:
    struct job {
        std::size_t bytes = 0;
        // False: nobody waits any more. Whoever claims it first has it.
        std::function<bool()> claim;
        std::function<bool(connection&)> apply;  // false: rolled back
        std::function<void()> send;
        std::function<void(std::expected<void, errc> commit)> done;
    };

    template <class T>
    [[nodiscard]] static job make_job(work<T> work, async::reply<std::expected<T, errc>> reply,
                                      std::shared_ptr<std::atomic<bool>> claim) {
        struct pending {
            async::reply<std::expected<T, errc>> reply;
            std::expected<T, errc> result = std::unexpected(errc::unavailable);
        };
        auto state = std::make_shared<pending>(std::move(reply));
        job one;
        one.bytes = work.bytes;
        one.claim = [claim = std::move(claim)] { return !claim->exchange(true); };
        one.apply = [state, apply = std::move(work.apply)](connection& db) {
            state->result = apply(db);
            return state->result.has_value();
        };
        one.send = std::move(work.send);
        one.done = [state, after = std::move(work.committed)](std::expected<void, errc> commit) {
            if (!commit) state->result = std::unexpected(commit.error());
            if (state->result && after) after(*state->result);
            state->reply.give(std::move(state->result));
        };
        return one;
    }

    // Answers a job that cannot wait here.
    void enqueue(job one);
    [[nodiscard]] std::expected<void, errc> room_for(const job& one) const;  // locked by the caller
    // Whether the database stands still; logged once.
    [[nodiscard]] bool stalled() const;
    void run();
    // Applies a batch in one transaction; what its commit answered.
    [[nodiscard]] std::expected<void, errc> commit(std::vector<job>& batch);
    // Up to its commit. A fault: rolled back whole.
    [[nodiscard]] std::expected<void, errc> apply(connection& db, std::vector<job>& batch, bool ahead);
    [[nodiscard]] std::expected<void, errc> apply_one(connection& db, job& one);
    void report(const std::expected<void, errc>& committed);

    using clock = std::chrono::steady_clock;

    engine& engine_;
    const limits limits_;
    mutable std::mutex mutex_;
    std::condition_variable wake_, ended_;
    std::vector<job> queue_;
    std::size_t queued_bytes_ = 0;
    bool closing_ = false, over_ = false;
    bool failing_ = false;  // whether the last batch failed: a fault is logged once, and once when it is over
    std::atomic<clock::time_point> began_{clock::time_point::max()};  // of the batch under way
    mutable std::atomic<bool> told_ = false;                          // that it stands still
    std::thread thread_;
};

}  // namespace store::sql
