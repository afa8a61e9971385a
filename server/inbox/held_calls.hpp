// The lists that are held back until something arrives: at most so many for one member, and a way to end one
// of them where somebody else needs its connection. From any thread.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "base/async/bell.hpp"

namespace inbox {

class held_calls {
  public:
    class call;

    // most: of one member; api.md says four.
    explicit held_calls(std::size_t most = 4) : most_(most) {}

    // One more held call of this member, while that lives; `waits` must live longer. The oldest of theirs
    // ends where that is one too many.
    [[nodiscard]] std::unique_ptr<call> begin(std::string member, async::bell::listening& waits);
    // Ends the one that has been held longest, whosever it is. False where there is none.
    bool give_way();

  private:
    struct entry {
        std::string member;
        async::bell::listening& waits;
        bool gave_way = false;
    };

    const std::size_t most_;
    std::mutex mutex_;
    std::list<entry> calls_;  // the longest held first
};

class held_calls::call {
  public:
    call(held_calls& owner, std::list<entry>::iterator at) : owner_(owner), at_(at) {}
    call(const call&) = delete;
    call& operator=(const call&) = delete;
    ~call();

    // Whether somebody else needs the connection it came by.
    [[nodiscard]] bool gave_way() const;

  private:
    held_calls& owner_;
    std::list<entry>::iterator at_;
};

}  // namespace inbox
