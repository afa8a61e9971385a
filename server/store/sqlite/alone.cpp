#include "server/store/sqlite/alone.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace store::sqlite {

std::expected<alone, errc> alone::take(const std::string& file) {
    const int fd = ::open((file + "-lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) return std::unexpected(errc::cannot_open);
    alone out(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
        return std::unexpected(errno == EWOULDBLOCK ? errc::in_use : errc::cannot_open);
    return out;
}

alone::alone(alone&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

alone::~alone() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace store::sqlite
