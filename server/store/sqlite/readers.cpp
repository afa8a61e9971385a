#include "server/store/sqlite/readers.hpp"

#include <optional>

namespace store::sqlite {

readers::readers(std::string path, reader_limits limits) : path_(std::move(path)), limits_(limits) {
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

void readers::run() {
    // Opened before anybody asks: later there may be no descriptor left.
    auto db = connection::open(path_, mode::read);
    for (;;) {
        job one;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
            if (closing_) return;
            one = std::move(queue_.front());
            queue_.pop_front();
        }
        if (!db) db = connection::open(path_, mode::read);
        if (db)
            one(&*db);
        else
            one(std::unexpected(errc::unavailable));
    }
}

}  // namespace store::sqlite
