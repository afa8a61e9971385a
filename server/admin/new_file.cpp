#include "server/admin/new_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/process/user.hpp"

namespace admin {
namespace {

std::unexpected<client::refusal> cannot(const std::string& path, std::string_view what) {
    const int why = errno;
    return client::refuse(
        fmt::format("{} cannot be {}{}: {}.", path, what, process::by_whom(why), std::strerror(why)));
}

std::unexpected<client::refusal> is_there(const std::string& path) {
    return client::refuse(path +
                          " exists already and is never overwritten; choose another name or move it away.");
}

// Where the file system knows no rename that spares what is there, the look before must do.
bool put_there(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    if (::access(to.c_str(), F_OK) == 0) return errno = EEXIST, false;
    return ::rename(from.c_str(), to.c_str()) == 0;
}

}  // namespace

client::result<void> must_be_new(const std::string& path) {
    struct ::stat found{};
    if (::lstat(path.c_str(), &found) == 0) return is_there(path);
    return {};
}

client::result<new_file> new_file::make(const std::string& path) {
    const auto fresh = path + ".new";
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return cannot(fresh, "made");
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        ::close(fd);
        return client::refuse("Another run of this command writes " + fresh + " now; wait for it.");
    }
    new_file out(path, fd);
    if (::fchmod(fd, 0600) != 0 || ::ftruncate(fd, 0) != 0) return cannot(fresh, "written");
    return out;
}

new_file::new_file(new_file&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      size_(other.size_),
      placed_(other.placed_) {}

new_file::~new_file() {
    if (fd_ < 0) return;
    if (!placed_) ::unlink((path_ + ".new").c_str());
    ::close(fd_);
}

client::result<void> new_file::write(crypto::byte_view part) {
    while (!part.empty()) {
        const auto put = ::write(fd_, part.data(), part.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return cannot(path_ + ".new", "written");
        part = part.subspan(static_cast<std::size_t>(put));
        size_ += put;
    }
    return {};
}

client::result<void> new_file::settle() {
    if (::fsync(fd_) != 0) return cannot(path_ + ".new", "written");
    return {};
}

client::result<void> new_file::place() {
    if (!put_there(path_ + ".new", path_)) return errno == EEXIST ? is_there(path_) : cannot(path_, "made");
    placed_ = true;
    auto parent = std::filesystem::path(path_).parent_path().string();
    if (parent.empty()) parent = ".";
    const int directory = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool kept = directory >= 0 && ::fsync(directory) == 0;
    if (directory >= 0) ::close(directory);
    if (!kept) return cannot(parent, "written");
    return {};
}

}  // namespace admin
