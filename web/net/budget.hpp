// Memory that all connections of a server together may hold for peers who are slow to send or to take: bodies
// and answers above a size that everybody has. Without it some thousand slow visitors would take all there
// is.
#pragma once

#include <atomic>
#include <cstddef>

namespace net {

class budget {
  public:
    class share;

    explicit budget(std::size_t most) : most_(most) {}
    budget(const budget&) = delete;
    budget& operator=(const budget&) = delete;

  private:
    const std::size_t most_;
    std::atomic<std::size_t> taken_ = 0;
};

// What one request holds; given back when it goes.
class budget::share {
  public:
    static constexpr std::size_t free = 64 * 1024;  // bytes that are not counted

    explicit share(budget& of) : of_(of) {}
    share(const share&) = delete;
    share& operator=(const share&) = delete;
    ~share() { of_.taken_.fetch_sub(held_, std::memory_order_relaxed); }

    // From now on this many bytes are held; false, and nothing changed, where that is too much for all.
    [[nodiscard]] bool grow_to(std::size_t bytes) {
        if (bytes <= free || bytes <= held_) return true;
        const auto more = bytes - held_;
        if (of_.taken_.fetch_add(more, std::memory_order_relaxed) + more > of_.most_) {
            of_.taken_.fetch_sub(more, std::memory_order_relaxed);
            return false;
        }
        held_ = bytes;
        return true;
    }

  private:
    budget& of_;
    std::size_t held_ = 0;
};

}  // namespace net
