// The connections of one thread: those that wait for a request, the longest waiting first, and those at work.
// When there is no room the longest idle one makes place for a new visitor.
#pragma once

#include <iterator>
#include <list>

namespace net {

class connection;

class crowd {
  public:
    class place;

    [[nodiscard]] bool empty() const { return idle_.empty() && busy_.empty(); }
    // The connection that has been idle longest, or null.
    [[nodiscard]] connection* longest_idle() const { return idle_.empty() ? nullptr : idle_.front(); }
    [[nodiscard]] const std::list<connection*>& idle() const { return idle_; }
    [[nodiscard]] const std::list<connection*>& busy() const { return busy_; }

  private:
    std::list<connection*> idle_;
    std::list<connection*> busy_;
};

// A connection's place in the crowd, from its first moment to its last. New ones count as busy.
class crowd::place {
  public:
    place(crowd& crowd, connection& owner) : crowd_(crowd) {
        crowd_.busy_.push_back(&owner);
        at_ = std::prev(crowd_.busy_.end());
    }
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() { (idle_ ? crowd_.idle_ : crowd_.busy_).erase(at_); }

    void rest() { move(true); }
    void work() { move(false); }
    [[nodiscard]] bool rests() const { return idle_; }

  private:
    void move(bool idle) {
        if (idle == idle_) return;
        auto& from = idle_ ? crowd_.idle_ : crowd_.busy_;
        auto& to = idle ? crowd_.idle_ : crowd_.busy_;
        to.splice(to.end(), from, at_);
        idle_ = idle;
    }

    crowd& crowd_;
    std::list<connection*>::iterator at_;
    bool idle_ = false;
};

}  // namespace net
