// A value that many read and somebody replaces whole: readers keep the one they took for as long as
// they need it.
#pragma once

#include <memory>
#include <mutex>

namespace async {

template <class T>
class held {
  public:
    held() = default;
    explicit held(std::shared_ptr<const T> first) : now_(std::move(first)) {}

    [[nodiscard]] std::shared_ptr<const T> get() const {
        std::lock_guard lock(mutex_);
        return now_;
    }
    void set(std::shared_ptr<const T> next) {
        std::lock_guard lock(mutex_);
        now_ = std::move(next);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const T> now_;
};

}  // namespace async
