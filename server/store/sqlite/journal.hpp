// Group commit. One thread takes everything that queued while the last fsync ran, applies it in one
// transaction (each job under its own savepoint, so that one failure is one failure) and answers only
// after the commit. A disk that does not answer holds nobody longer than the limits say.
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

#include "async/reply.hpp"
#include "async/task.hpp"
#include "server/store/sqlite/checkpointer.hpp"
#include "server/store/sqlite/connection.hpp"
#include "server/store/sqlite/disk.hpp"

namespace store::sqlite {

struct journal_limits {
    std::size_t jobs = 4096;
    std::size_t bytes = std::size_t{64} << 20;
    std::chrono::milliseconds patience{10'000};  // how long a write is waited for
    std::chrono::milliseconds stall{3'000};      // a batch under way for longer: nothing more is taken
    std::chrono::microseconds pace{1'500};       // between the beginnings of two commits, at least
    log_limits log = {};
};

class journal {
  public:
    // path: of the database that db is open on. disk: the one below it, which must outlive the journal.
    journal(connection db, std::string path, const disk& disk, journal_limits limits);
    ~journal();
    // Commits and answers what is queued, then ends; later writes are refused with closed. May be
    // called twice.
    void close();

    // Whether a write would be refused now: the queue is full, or the disk stands still.
    [[nodiscard]] bool full() const;
    // How full the queue is, by count or by bytes, whichever is more: 0 to 1.
    [[nodiscard]] double pressure() const;

    // Runs apply on the journal's thread inside a transaction; its answer comes back on the caller's
    // executor once that is durable. bytes: about what the job holds in memory. busy when the queue is
    // full, the disk stands still, or it did not come to this job in time: nothing is stored, then or later.
    // unsure when it began and did not end in time, or the disk gave up meanwhile. unavailable when the
    // commit failed. committed runs on the journal's thread after the commit, before the answer.
    template <class T>
    [[nodiscard]] async::task<std::expected<T, errc>> write(
        std::size_t bytes, std::function<std::expected<T, errc>(connection&)> apply,
        std::function<void(const T&)> committed = {}) {
        using answer = std::expected<T, errc>;
        auto claim = std::make_shared<std::atomic<bool>>(false);
        auto start = [this, bytes, &apply, &committed, &claim](async::reply<answer> reply) {
            enqueue(make_job<T>(bytes, std::move(apply), std::move(committed), std::move(reply), claim));
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
        std::function<void(std::expected<void, errc> commit)> done;
    };

    template <class T>
    [[nodiscard]] static job make_job(std::size_t bytes,
                                      std::function<std::expected<T, errc>(connection&)> apply,
                                      std::function<void(const T&)> committed,
                                      async::reply<std::expected<T, errc>> reply,
                                      std::shared_ptr<std::atomic<bool>> claim) {
        struct pending {
            async::reply<std::expected<T, errc>> reply;
            std::expected<T, errc> result = std::unexpected(errc::unavailable);
        };
        auto state = std::make_shared<pending>(std::move(reply));
        job one;
        one.bytes = bytes;
        one.claim = [claim = std::move(claim)] { return !claim->exchange(true); };
        one.apply = [state, work = std::move(apply)](connection& db) {
            state->result = work(db);
            return state->result.has_value();
        };
        one.done = [state, after = std::move(committed)](std::expected<void, errc> commit) {
            if (!commit) state->result = std::unexpected(commit.error());
            if (state->result && after) after(*state->result);
            state->reply.give(std::move(state->result));
        };
        return one;
    }

    // Answers a job that cannot wait here.
    void enqueue(job one);
    [[nodiscard]] std::expected<void, errc> room_for(const job& one) const;  // locked by the caller
    // Whether the disk stands still; logged once.
    [[nodiscard]] bool stalled() const;
    void run();
    // Applies a batch in one transaction; what its commit answered.
    [[nodiscard]] std::expected<void, errc> commit(std::vector<job>& batch);
    [[nodiscard]] std::expected<void, errc> apply_one(job& one);
    void report(const std::expected<void, errc>& committed);

    using clock = std::chrono::steady_clock;

    connection db_;
    const disk& disk_;
    checkpointer checkpointer_;
    journal_limits limits_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<job> queue_;
    std::size_t queued_bytes_ = 0;
    bool closing_ = false;
    bool failing_ = false;  // whether the last batch failed: a fault is logged once, and once when it is over
    std::atomic<clock::time_point> began_{clock::time_point::max()};  // of the batch under way
    mutable std::atomic<bool> told_ = false;                          // that the disk stands still
    std::thread thread_;
};

}  // namespace store::sqlite
