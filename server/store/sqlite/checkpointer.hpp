// Brings the write-ahead log into the database on a thread of its own, so that a commit waits for its own
// pages and not for thousands of older ones. Only while the log grows faster than it is emptied does the
// writer do the last few: a log starts anew only once nothing of it is left.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

class checkpointer {
  public:
    // path: the database that the writer opened before.
    explicit checkpointer(std::string path);
    ~checkpointer();
    // Ends the thread once it did what it is at. May be called twice.
    void close();

    // Called by the writer, on its own connection, after each commit and outside of transactions.
    void committed(connection& writer);

  private:
    void run();

    const std::string path_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool due_ = false;
    bool closing_ = false;
    std::atomic<bool> at_work_ = false;  // from being due until it is done; then copied_ is the thread's,
    int copied_ = 0;                     // else the writer's: how many of the log's pages are in the database
    std::thread thread_;
};

}  // namespace store::sqlite
