#include "server/store/sql/journal.hpp"

#include <algorithm>

#include "base/watch/log.hpp"

namespace store::sql {

journal::journal(engine& engine, limits limits)
    : engine_(engine), limits_(limits), thread_([this] { run(); }) {}

journal::~journal() { close(); }

void journal::close() {
    {
        std::unique_lock lock(mutex_);
        closing_ = true;
        wake_.notify_one();
        if (!ended_.wait_for(lock, limits_.farewell, [this] { return over_; })) engine_.give_up();
    }
    if (thread_.joinable()) thread_.join();
    engine_.close();
}

bool journal::stalled() const {
    const auto began = began_.load(std::memory_order_relaxed);
    const bool still = began != clock::time_point::max() && clock::now() - began > limits_.stall;
    // Whoever asks first tells: the journal's own thread hangs.
    if (still && !told_.exchange(true))
        watch::fault("the database or its disk does not answer, writes are refused until it does");
    return still;
}

bool journal::full() const { return stalled() || pressure() >= 1.0; }

double journal::pressure() const {
    std::lock_guard lock(mutex_);
    const auto part = [](std::size_t of, std::size_t most) {
        return static_cast<double>(of) / static_cast<double>(most);
    };
    return std::min(1.0, std::max(part(queue_.size(), limits_.jobs), part(queued_bytes_, limits_.bytes)));
}

std::expected<void, errc> journal::room_for(const job& one) const {
    if (closing_) return std::unexpected(errc::closed);
    const bool first = queue_.empty();  // one job may be larger than all that may wait
    const bool heavy = !first && queued_bytes_ + one.bytes > limits_.bytes;
    if (queue_.size() >= limits_.jobs || heavy || stalled()) return std::unexpected(errc::busy);
    return {};
}

void journal::enqueue(job one) {
    std::expected<void, errc> room;
    {
        std::lock_guard lock(mutex_);
        room = room_for(one);
        if (room) {
            queued_bytes_ += one.bytes;
            queue_.push_back(std::move(one));
            // The second of a batch finds the journal awake, or at its pace, which nobody shortens.
            if (queue_.size() == 1) wake_.notify_one();
            return;
        }
    }
    one.done(room);
}

void journal::run() {
    std::vector<job> batch;
    clock::time_point last;  // when a commit began
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
            wake_.wait_until(lock, last + limits_.pace, [this] { return closing_; });
            if (queue_.empty()) {
                over_ = true;
                ended_.notify_all();
                return;
            }
            batch.swap(queue_);
            queued_bytes_ = 0;
        }
        last = clock::now();
        began_.store(last, std::memory_order_relaxed);
        // Whoever gave up while it queued was told that nothing is stored.
        std::erase_if(batch, [](const job& one) { return !one.claim(); });
        const auto committed = commit(batch);
        report(committed);
        for (auto& one : batch) one.done(committed);
        batch.clear();
        engine_.tidy();  // which may write too, and hang in it
        began_.store(clock::time_point::max(), std::memory_order_relaxed);
    }
}

void journal::report(const std::expected<void, errc>& committed) {
    if (told_.exchange(false)) watch::note("the database answers again");
    if (failing_ == !committed) return;
    failing_ = !committed;
    if (failing_)
        watch::fault("nothing can be stored now, writes are refused", {{"why", committed.error()}});
    else
        watch::note("storing works again");
}

std::expected<void, errc> journal::commit(std::vector<job>& batch) {
    if (batch.empty()) return {};
    auto db = engine_.begin();
    if (!db) return std::unexpected(db.error());
    const bool ahead = engine_.sends_ahead();
    auto applied = apply(**db, batch, ahead);
    if (!applied && ahead) {
        // Sent ahead, one that fails takes all with it, and a connection may have gone: nothing of it is
        // stored, so once more, each by itself.
        db = engine_.begin();
        if (!db) return std::unexpected(db.error());
        applied = apply(**db, batch, false);
    }
    if (!applied) return applied;
    return engine_.commit();
}

std::expected<void, errc> journal::apply(connection& db, std::vector<job>& batch, bool ahead) {
    std::expected<void, errc> applied;
    if (ahead) {
        for (auto& one : batch)
            if (one.send) one.send();
        applied = engine_.collect();
    }
    for (auto& one : batch) {
        if (!applied) break;
        if (ahead && one.send)
            one.apply(db);  // which wrote all it writes, or nothing
        else
            applied = apply_one(db, one);
    }
    if (!applied) engine_.roll_back();
    return applied;
}

std::expected<void, errc> journal::apply_one(connection& db, job& one) {
    if (auto ok = db.script("SAVEPOINT job"); !ok) return std::unexpected(errc::unavailable);
    bool keep = one.apply(db);
    // A full disk may have rolled back the whole transaction: then nothing of the batch is there.
    if (!db.in_transaction()) return std::unexpected(errc::unavailable);
    const char* end = keep ? "RELEASE job" : "ROLLBACK TO job; RELEASE job";
    if (auto ok = db.script(end); !ok) return std::unexpected(errc::unavailable);
    return {};
}

}  // namespace store::sql
