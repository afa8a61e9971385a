// Brings the write-ahead log into the database on a thread of its own, in portions, so that a commit waits
// for its own pages and not for thousands of older ones. A log starts anew once nothing of it is left: the
// last few pages of a long one the writer brings over itself, because under load there would always be some.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

// In pages of 4 KiB.
struct log_limits {
    int portion = 500;  // brought over in one go: many at once would keep the disk from the commits
    int many = 16'000;  // at which the log should start anew: rarely, and quick to read at a start
    int few = 150;      // so few that a commit is not held up by them
};

class checkpointer {
  public:
    // path: the database that the writer opened before.
    checkpointer(std::string path, log_limits limits);
    ~checkpointer();
    // Ends the thread once it did what it is at. May be called twice.
    void close();

    // Called by the writer, on its own connection, after each commit and outside of transactions.
    void committed(connection& writer);

  private:
    void run();

    const std::string path_;
    const log_limits limits_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool due_ = false;
    bool closing_ = false;
    std::atomic<bool> at_work_ = false;  // from being due until it is done; then copied_ is the thread's,
    int copied_ = 0;                     // else the writer's: how many of the log's pages are in the database
    std::thread thread_;
};

}  // namespace store::sqlite
