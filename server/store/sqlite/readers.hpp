// Read-only connections, one for each thread that reads at the same time; made when first needed, given
// back after use.
#pragma once

#include <expected>
#include <mutex>
#include <string>
#include <vector>

#include "server/store/sqlite/connection.hpp"

namespace store::sqlite {

class readers {
  public:
    explicit readers(std::string path) : path_(std::move(path)) {}

    // A connection for as long as this lives.
    class lease {
      public:
        lease(readers& owner, connection db) : owner_(owner), db_(std::move(db)) {}
        lease(lease&&) = default;
        ~lease() { owner_.give_back(std::move(db_)); }
        connection* operator->() { return &db_; }
        connection& operator*() { return db_; }

      private:
        readers& owner_;
        connection db_;
    };
    [[nodiscard]] std::expected<lease, errc> take();

  private:
    void give_back(connection db);

    std::string path_;
    std::mutex mutex_;
    std::vector<connection> idle_;
};

}  // namespace store::sqlite
