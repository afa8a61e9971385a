#include "server/store/postgres/ending.hpp"

#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace store::postgres {

ending::ending() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "an eventfd could not be made");
}

ending::~ending() { ::close(fd_); }

// Never read, so it stays.
void ending::come() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
}

bool ending::within(std::chrono::milliseconds most) const {
    pollfd one{fd_, POLLIN, 0};
    return ::poll(&one, 1, static_cast<int>(most.count())) > 0;
}

}  // namespace store::postgres
