#include "server/store/sqlite/disk.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace store::sqlite {

disk::disk(const std::string& log) : log_(::open(log.c_str(), O_WRONLY | O_CLOEXEC)) {}

disk::~disk() {
    if (log_ >= 0) ::close(log_);
}

bool disk::takes_writes() const {
    struct statvfs about{};
    if (log_ < 0 || ::fstatvfs(log_, &about) != 0 || (about.f_flag & ST_RDONLY) != 0) return false;
    // ext4 refuses this too once it gave up, before it looks at the length.
    return ::pwrite(log_, "", 0, 0) == 0;
}

}  // namespace store::sqlite
