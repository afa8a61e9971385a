// The end of an engine, told to every thread of it that waits for the database: none waits any longer.
#pragma once

#include <chrono>

namespace store::postgres {

class ending {
  public:
    ending();  // std::system_error
    ~ending();
    ending(const ending&) = delete;
    ending& operator=(const ending&) = delete;

    // It is there, for good. From any thread; may be called twice.
    void come() const;
    // Can be read once it is there.
    [[nodiscard]] int fd() const { return fd_; }
    // Whether it is there within so long.
    [[nodiscard]] bool within(std::chrono::milliseconds most) const;

  private:
    const int fd_;
};

}  // namespace store::postgres
