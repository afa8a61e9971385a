#include "server/store/sql/readers.hpp"

#include <optional>

namespace store::sql {

readers::readers(engine& engine, reader_limits limits) : engine_(engine), limits_(limits) {
    threads_.reserve(limits_.threads);
    for (unsigned i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { run(); });
}

readers::~readers() { close(); }

void readers::close() {
    std::deque<job> waiting;
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
        waiting.swap(queue_);
    }
    wake_.notify_all();
    for (auto& one : waiting) one(std::unexpected(errc::closed));
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

void readers::enqueue(job one) {
    auto refused = errc::busy;
    {
        std::lock_guard lock(mutex_);
        if (closing_) refused = errc::closed;
        if (!closing_ && queue_.size() < limits_.queue) {
            queue_.push_back(std::move(one));
            wake_.notify_one();
            return;
        }
    }
    one(std::unexpected(refused));
}

void readers::do_one(job& one, std::unique_ptr<connection>& db) {
    auto why = errc::unavailable;
    // A database that went away and came back is asked once more.
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (db && !db->usable()) db.reset();
        if (!db) {
            auto opened = engine_.reader();
            if (!opened) {
                if (opened.error() == errc::damaged) why = errc::damaged;
                break;
            }
            db = std::move(*opened);
        }
        if (one(db.get())) return;
    }
    one(std::unexpected(why));
}

void readers::run() {
    // Opened before anybody asks: later there may be no descriptor left.
    auto db = engine_.reader().value_or(nullptr);
    for (;;) {
        job one;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
            if (closing_) return;
            one = std::move(queue_.front());
            queue_.pop_front();
        }
        do_one(one, db);
    }
}

}  // namespace store::sql
