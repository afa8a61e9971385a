#include "server/store/sqlite/journal.hpp"

#include "server/watch/log.hpp"

namespace store::sqlite {

journal::journal(connection db, journal_limits limits)
    : db_(std::move(db)), limits_(limits), thread_([this] { run(); }) {}

journal::~journal() { close(); }

void journal::close() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool journal::full() const {
    std::lock_guard lock(mutex_);
    return queue_.size() >= limits_.jobs || queued_bytes_ >= limits_.bytes;
}

std::expected<void, errc> journal::enqueue(job one) {
    {
        std::lock_guard lock(mutex_);
        if (closing_) return std::unexpected(errc::closed);
        bool first = queue_.empty();  // one job may be larger than all that may wait
        if (queue_.size() >= limits_.jobs || (!first && queued_bytes_ + one.bytes > limits_.bytes))
            return std::unexpected(errc::busy);
        queued_bytes_ += one.bytes;
        queue_.push_back(std::move(one));
    }
    wake_.notify_one();
    return {};
}

void journal::run() {
    std::vector<job> batch;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
            if (queue_.empty()) return;
            batch.swap(queue_);
            queued_bytes_ = 0;
        }
        auto committed = commit(batch);
        if (failing_ != !committed) {
            failing_ = !committed;
            if (failing_)
                watch::fault("nothing can be stored now, writes are refused", {{"why", committed.error()}});
            else
                watch::note("storing works again");
        }
        for (auto& one : batch) one.done(committed);
        batch.clear();
    }
}

std::expected<void, errc> journal::commit(std::vector<job>& batch) {
    if (auto begun = db_.script("BEGIN IMMEDIATE"); !begun) return begun;
    for (auto& one : batch) {
        auto applied = apply_one(one);
        if (!applied) {
            if (db_.in_transaction()) (void)db_.script("ROLLBACK");
            return applied;
        }
    }
    auto committed = db_.script("COMMIT");
    if (!committed && db_.in_transaction()) (void)db_.script("ROLLBACK");
    return committed;
}

std::expected<void, errc> journal::apply_one(job& one) {
    auto run = [this](const char* sql) -> std::expected<void, errc> {
        auto done = db_.run(sql);
        if (!done) return std::unexpected(errc::unavailable);
        return {};
    };
    if (auto ok = run("SAVEPOINT job"); !ok) return ok;
    bool keep = one.apply(db_);
    // A full disk may have rolled back the whole transaction: then nothing of the batch is there.
    if (!db_.in_transaction()) return std::unexpected(errc::unavailable);
    if (!keep)
        if (auto ok = run("ROLLBACK TO job"); !ok) return ok;
    return run("RELEASE job");
}

}  // namespace store::sqlite
