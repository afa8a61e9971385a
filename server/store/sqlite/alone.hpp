// The lock on a database file: one process writes it, wherever its data directory is. On a file beside it,
// because whoever closes the database itself loses what SQLite has locked there
// (https://www.sqlite.org/howtocorrupt.html, 2.2).
#pragma once

#include <expected>
#include <string>

#include "server/store/errc.hpp"

namespace store::sqlite {

class alone {
  public:
    // Takes FILE-lock without waiting. in_use, cannot_open.
    [[nodiscard]] static std::expected<alone, errc> take(const std::string& file);
    alone(alone&& other) noexcept;
    alone& operator=(alone&&) = delete;
    ~alone();

  private:
    explicit alone(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace store::sqlite
