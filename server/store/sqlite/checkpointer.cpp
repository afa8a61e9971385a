#include "server/store/sqlite/checkpointer.hpp"

#include <utility>

namespace store::sqlite {
namespace {

// Pages of 4 KiB in the log at which it is emptied: rarely, and before it becomes slow to read through.
constexpr int many = 4000;
// So few that a commit is not held up by them.
constexpr int few = 200;

}  // namespace

checkpointer::checkpointer(std::string path) : path_(std::move(path)), thread_([this] { run(); }) {}

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
    if (writer.log_pages() < many || at_work_.load(std::memory_order_acquire)) return;
    if (rest_left_.exchange(false)) {
        (void)writer.checkpoint();  // a disk that is full or gone is told by the commits themselves
        return;
    }
    {
        std::lock_guard lock(mutex_);
        due_ = true;
        at_work_.store(true, std::memory_order_release);
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
        if (!db || drain(*db) > 0) rest_left_ = true;
        at_work_.store(false, std::memory_order_release);
    }
}

int checkpointer::drain(connection& db) {
    int before = 0;
    for (;;) {
        const auto left = db.checkpoint();
        if (!left) return 1;
        if (*left <= few || (before > 0 && *left >= before)) return *left;
        before = *left;
    }
}

}  // namespace store::sqlite
