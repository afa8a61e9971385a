#include "server/config/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace config {

std::string_view text(errc error) {
    switch (error) {
        case errc::locked:
            return "Another bakend or baken-admin works on this data directory; stop it first.";
        case errc::cannot_lock:
            return "The data directory is missing or not writable.";
    }
    return "Unknown fault.";
}

std::expected<lock, errc> lock::take(const std::filesystem::path& data) {
    int fd = ::open((data / "bakend.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) return std::unexpected(errc::cannot_lock);
    lock out(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return std::unexpected(errc::locked);
    return out;
}

lock::lock(lock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

lock::~lock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace config
