#include "server/trust/aside.hpp"

#include <new>
#include <sys/resource.h>
#include <unistd.h>

namespace trust {

aside::aside() : thread_([this] { run(); }) {}

aside::~aside() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void aside::give(job one) {
    {
        std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(one));
    }
    wake_.notify_one();
}

void aside::run() {
    // Who serves connections goes first when the processors are short, as before the threads of receipts.
    // Where it is refused, all goes as before.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 5);
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
        if (closing_) return;
        auto next = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        try {
            next();
        } catch (const std::bad_alloc&) {
            // Whoever asked for it is answered by their patience.
        }
        next = nullptr;
        lock.lock();
    }
}

}  // namespace trust
