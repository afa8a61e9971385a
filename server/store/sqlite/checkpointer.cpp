#include "server/store/sqlite/checkpointer.hpp"

#include <utility>

namespace store::sqlite {

checkpointer::checkpointer(std::string path, log_limits limits)
    : path_(std::move(path)), limits_(limits), thread_([this] { run(); }) {}

checkpointer::~checkpointer() { close(); }

void checkpointer::close() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void checkpointer::committed(connection& writer) {
    if (at_work_.load(std::memory_order_acquire)) return;
    const int length = writer.log_pages();
    if (length < copied_) copied_ = 0;  // the log began anew
    const int left = length - copied_;
    // A disk that is full or gone is told by the commits themselves.
    if (length >= limits_.many && left <= limits_.few) {
        if (left > 0) copied_ = writer.checkpoint().value_or(copied_);
        return;
    }
    if (length < limits_.many && left < limits_.portion) return;
    {
        std::lock_guard lock(mutex_);
        due_ = true;
        at_work_.store(true, std::memory_order_relaxed);
    }
    wake_.notify_one();
}

void checkpointer::run() {
    // Opened before it is needed: later there may be no descriptor left.
    auto db = connection::open(path_, mode::write);
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return closing_ || due_; });
            if (closing_) return;
            due_ = false;
        }
        if (!db) db = connection::open(path_, mode::write);
        if (db) copied_ = (*db)->checkpoint().value_or(copied_);
        at_work_.store(false, std::memory_order_release);
    }
}

}  // namespace store::sqlite
