// Hears what other servers of the same database tell (LISTEN), on a thread and connection of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "server/store/postgres/connection.hpp"

namespace store::postgres {

class listener {
  public:
    // line: one that listens already, to the same database. heard is called on the listener's thread with
    // each word, and with "" when it listens anew after a break: what was told meanwhile, nobody heard.
    listener(std::string where, std::unique_ptr<connection> line,
             std::function<void(std::string_view, int)> heard);
    ~listener();

  private:
    void run();
    // Whether the end came within so many milliseconds.
    [[nodiscard]] bool ended(int milliseconds) const;

    const std::string where_;
    std::unique_ptr<connection> line_;
    const std::function<void(std::string_view, int)> heard_;
    int end_[2] = {-1, -1};  // a pipe: closed at the end
    std::thread thread_;
};

}  // namespace store::postgres
