// Reads everything that is stored once after a start, on a thread of its own that gives way to all others: a
// page that a disk damaged is told of before somebody needs it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <expected>
#include <mutex>
#include <string>
#include <thread>

#include "server/store/check.hpp"
#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

class checker {
  public:
    // path: the database that the writer opened before.
    explicit checker(std::string path);
    ~checker();
    // Ends the thread, wherever it is. May be called twice.
    void close();

  private:
    void run();
    [[nodiscard]] std::expected<void, errc> look_through(connection& db, survey& out);
    // Whom close() interrupts from now on; null: nobody any more. False: it is closing.
    [[nodiscard]] bool at_work(connection* db);
    // After a portion: rests for a while, so that the disk is there for others. False: it is closing.
    [[nodiscard]] bool rest();

    const std::string path_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool closing_ = false;
    connection* db_ = nullptr;                     // while it is at work
    std::chrono::steady_clock::time_point began_;  // of the portion under way
    std::thread thread_;
};

}  // namespace store::sqlite
