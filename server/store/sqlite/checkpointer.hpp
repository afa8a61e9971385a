// Brings the write-ahead log into the database on a thread of its own, in portions, so that a commit waits
// for its own pages and not for thousands of older ones. A log starts anew once nothing of it is left: the
// last few pages of a long one the writer brings over itself, because under load there would always be some.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "server/store/limits.hpp"
#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

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
