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
    // at: one that listens already, to the same database. heard is called on the listener's thread with
    // each word, and with "" when it listens anew after a break: what was told meanwhile, nobody heard.
    // Until the end, which comes with its own, and which must outlive it.
    listener(std::string where, std::unique_ptr<connection> at, const ending& end,
             std::function<void(std::string_view, int)> heard);
    ~listener();

  private:
    void run();

    const std::string where_;
    std::unique_ptr<connection> at_;
    const ending& end_;
    const std::function<void(std::string_view, int)> heard_;
    std::thread thread_;
};

}  // namespace store::postgres
