// A disk that fails when it is told to, below SQLite and above the real one: the n-th call of a kind fails,
// once or from then on. While one of these lives it is every new connection's; nothing is synced for real,
// because nobody cuts the power here.
#pragma once

#include <atomic>
#include <string_view>

struct sqlite3_vfs;

namespace failing {

// What of a disk's calls can fail.
enum class call {
    read,
    write,
    truncate,
    sync,
    size,
    lock,
    shm_map,
    shm_lock,
    fetch,
    control,
    open,
    remove,
    access
};
inline constexpr call calls[] = {call::read, call::write,   call::truncate, call::sync,  call::size,
                                 call::lock, call::shm_map, call::shm_lock, call::fetch, call::control,
                                 call::open, call::remove,  call::access};
[[nodiscard]] std::string_view text(call one);

enum class how {
    error,       // EIO, as the call reports it
    full,        // ENOSPC
    half,        // half the bytes were written or read, then EIO
    half_full,   // half the bytes were written, then ENOSPC
    short_read,  // half the bytes and zeros: what a file answers that was cut
};
[[nodiscard]] std::string_view text(how one);
// Whether this call can fail so.
[[nodiscard]] bool applies(how one, call to);

struct fault {
    call at = call::write;
    how as = how::error;
    bool stays = false;  // from then on
    int nth = 1;
};

class disk {
  public:
    disk();
    ~disk();
    disk(const disk&) = delete;
    disk& operator=(const disk&) = delete;

    // Counts from now; from any thread.
    void arm(const fault& what);
    // Nothing fails any more. Whether the fault was reached.
    bool disarm();
    [[nodiscard]] bool reached() const;

  private:
    sqlite3_vfs* real_;
};

}  // namespace failing
