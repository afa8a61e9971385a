#include "server/store/sqlite/disk.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace store::sqlite {

disk::disk(const std::string& probe) : probe_(::open(probe.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) {}

disk::~disk() {
    if (probe_ >= 0) ::close(probe_);
}

bool disk::takes_writes() const {
    struct statvfs about{};
    if (probe_ < 0 || ::fstatvfs(probe_, &about) != 0 || (about.f_flag & ST_RDONLY) != 0) return false;
    std::lock_guard lock(mutex_);
    // A byte that was never written takes no room: a disk that is full allows it.
    longer_ = !longer_;
    return ::ftruncate(probe_, longer_ ? 1 : 0) == 0;
}

}  // namespace store::sqlite
