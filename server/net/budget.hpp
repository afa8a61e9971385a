// Memory that all connections of a server together may hold for peers who are slow to send or to take: bodies
// and answers above a size that everybody has. Without it some thousand slow visitors would take all there
// is. When it is used up, who has kept us waiting longest is cut, so that whoever comes next finds some; a
// third is kept for reports. From any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <utility>

namespace net {

class budget {
  public:
    class share;
    using clock = std::chrono::steady_clock;
    // For whom it is held.
    enum class use { report, other };
    enum class answer {
        held,
        wait,     // somebody was cut, or is at work and will be done: ask again in a moment
        refused,  // nobody has kept us waiting longer than this one
    };

    explicit budget(std::size_t most) : most_(most) {}
    budget(const budget&) = delete;
    budget& operator=(const budget&) = delete;

    [[nodiscard]] std::size_t taken() const {
        const std::lock_guard lock(mutex_);
        return taken_;
    }

  private:
    [[nodiscard]] bool fits(use of, std::size_t more) const;
    // Cuts who has owed longest, but for `self`, until that frees `more`: of the others where those hold
    // anything, else of the reports.
    [[nodiscard]] answer make_room(const share& self, std::size_t more);

    const std::size_t most_;
    mutable std::mutex mutex_;
    std::size_t taken_ = 0, by_others_ = 0;
    std::list<share*> holders_;
};

// What one request holds; given back when it goes. One thread uses it, but for `cut`.
class budget::share {
  public:
    static constexpr std::size_t free = 64 * 1024;  // bytes that are not counted

    // cut: ends the request, soon; called from any thread, at most once, under the budget's lock.
    share(budget& from, use of, std::function<void()> cut, clock::time_point began = clock::now())
        : from_(from), of_(of), cut_(std::move(cut)), began_(began) {}
    share(const share&) = delete;
    share& operator=(const share&) = delete;
    ~share();

    // From now on this many bytes are held; else nothing changed.
    [[nodiscard]] answer grow_to(std::size_t bytes);
    // Whether the peer keeps us waiting; while it does not, it is not cut. At first it does.
    void owes(bool so);

  private:
    friend class budget;
    budget& from_;
    const use of_;
    const std::function<void()> cut_;
    const clock::time_point began_;
    std::size_t held_ = 0;
    std::list<share*>::iterator at_{};
    bool owes_ = true;
    bool told_ = false;  // to go
};

}  // namespace net
