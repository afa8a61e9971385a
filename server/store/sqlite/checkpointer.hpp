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
    // Passes until little is left or it does not become less; how many pages are.
    [[nodiscard]] static int drain(connection& db);

    const std::string path_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool due_ = false;
    bool closing_ = false;
    std::atomic<bool> at_work_ = false;    // from being due until the pass ended
    std::atomic<bool> rest_left_ = false;  // the writer does the last pages
    std::thread thread_;
};

}  // namespace store::sqlite
