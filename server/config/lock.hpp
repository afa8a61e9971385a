// The lock on a data directory: one bakend, or one baken-admin that writes, at a time.
#pragma once

#include <expected>
#include <filesystem>

#include "server/config/errc.hpp"

namespace config {

class lock {
  public:
    // Takes DIR/bakend.lock without waiting. locked, cannot_lock.
    [[nodiscard]] static std::expected<lock, errc> take(const std::filesystem::path& data);
    lock(lock&& other) noexcept;
    lock& operator=(lock&&) = delete;
    ~lock();

  private:
    explicit lock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace config
