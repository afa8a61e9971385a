// Whether the file system below the database still takes writes. One that gives up at an error of its disk
// may answer an fsync under way with success though nothing was written (seen on ext4, Linux 6.18, in one of
// nine tries: the journal's aborted transaction counts as done; an older kernel lets every fsync succeed once
// it is read-only). So what was committed counts only where this is true afterwards.
#pragma once

#include <string>

namespace store::sqlite {

class disk {
  public:
    // log: the write-ahead log, which no connection locks; opened at once, while there are descriptors.
    explicit disk(const std::string& log);
    ~disk();
    disk(const disk&) = delete;
    disk& operator=(const disk&) = delete;

    [[nodiscard]] bool is_open() const { return log_ >= 0; }
    // From any thread; writes nothing.
    [[nodiscard]] bool takes_writes() const;

  private:
    int log_;
};

}  // namespace store::sqlite
