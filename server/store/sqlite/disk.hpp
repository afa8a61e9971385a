// Whether the file system below the database still takes writes. One that gives up at an error of its disk
// may answer an fsync with success though nothing lasts: on ext4 (Linux 6.18) one whose transaction was
// aborted counts as done, for some ten milliseconds before the file system shows as read-only; an older
// kernel lets every fsync succeed once it is. So what was committed counts only where this is true
// afterwards, and it asks for what a journal that was aborted refuses: a change of a file's length.
#pragma once

#include <mutex>
#include <string>

namespace store::sqlite {

class disk {
  public:
    // probe: a small file of our own on the same file system, made where missing; opened at once, while there
    // are descriptors.
    explicit disk(const std::string& probe);
    ~disk();
    disk(const disk&) = delete;
    disk& operator=(const disk&) = delete;

    [[nodiscard]] bool is_open() const { return probe_ >= 0; }
    // From any thread.
    [[nodiscard]] bool takes_writes() const;

  private:
    int probe_;
    mutable std::mutex mutex_;
    mutable bool longer_ = false;  // the length that it has: 0 or 1
};

}  // namespace store::sqlite
