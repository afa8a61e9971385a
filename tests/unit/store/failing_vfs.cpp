#include "tests/unit/store/failing_vfs.hpp"

#include <cstring>
#include <memory>
#include <mutex>

#include <sqlite3.h>

namespace failing {
namespace {

// One fault for all files: the calls of the writer, the readers and the checkpointer count together.
struct state {
    std::mutex mutex;
    fault what;
    bool armed = false, reached = false;
    int counted = 0;
    sqlite3_vfs* real = nullptr;
} at;

// How this call has to fail now; nothing where it does not.
bool fails(call one, how& as) {
    std::lock_guard lock(at.mutex);
    if (!at.armed || at.what.at != one) return false;
    ++at.counted;
    if (at.what.stays ? at.counted < at.what.nth : at.counted != at.what.nth) return false;
    at.reached = true;
    as = at.what.as;
    return true;
}

// What the unix VFS answers where the system said EIO or ENOSPC.
int code(call one, how as) {
    if (as == how::full || as == how::half_full)
        return one == call::shm_map ? SQLITE_IOERR_SHMSIZE : SQLITE_FULL;
    switch (one) {
        case call::read:
            return as == how::short_read ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_READ;
        case call::write:
            return SQLITE_IOERR_WRITE;
        case call::truncate:
            return SQLITE_IOERR_TRUNCATE;
        case call::sync:
            return SQLITE_IOERR_FSYNC;
        case call::size:
            return SQLITE_IOERR_FSTAT;
        case call::lock:
            return SQLITE_IOERR_LOCK;
        case call::shm_map:
            return SQLITE_IOERR_SHMMAP;
        case call::shm_lock:
            return SQLITE_IOERR_SHMLOCK;
        case call::fetch:
            return SQLITE_IOERR_MMAP;
        case call::control:
            return SQLITE_IOERR;
        case call::open:
            return SQLITE_CANTOPEN;
        case call::remove:
            return SQLITE_IOERR_DELETE;
        case call::access:
            return SQLITE_IOERR_ACCESS;
    }
    return SQLITE_IOERR;
}

// The real file stands behind ours in the memory that SQLite gives.
struct file {
    sqlite3_file base;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
sqlite3_file* real(sqlite3_file* one) { return reinterpret_cast<file*>(one)->real(); }

// A call that has nothing to do by half.
#define MAY_FAIL(WHICH) \
    if (how as{}; fails(call::WHICH, as)) return code(call::WHICH, as)

int close(sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); }
int read(sqlite3_file* f, void* to, int size, sqlite3_int64 from) {
    how as{};
    const bool fail = fails(call::read, as);
    const int done = fail && as == how::error ? SQLITE_OK : real(f)->pMethods->xRead(real(f), to, size, from);
    if (!fail || (done & 0xff) != SQLITE_OK) {
        if (!fail || done != SQLITE_IOERR_SHORT_READ) return done;
    }
    auto* half = static_cast<char*>(to) + size / 2;
    std::memset(half, as == how::short_read ? 0 : 0x55, static_cast<std::size_t>(size - size / 2));
    return code(call::read, as);
}
int write(sqlite3_file* f, const void* from, int size, sqlite3_int64 to) {
    how as{};
    if (!fails(call::write, as)) return real(f)->pMethods->xWrite(real(f), from, size, to);
    if (as == how::half || as == how::half_full) real(f)->pMethods->xWrite(real(f), from, size / 2, to);
    return code(call::write, as);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
    MAY_FAIL(truncate);
    return real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file*, int) {
    MAY_FAIL(sync);
    return SQLITE_OK;
}
int size(sqlite3_file* f, sqlite3_int64* out) {
    MAY_FAIL(size);
    return real(f)->pMethods->xFileSize(real(f), out);
}
int lock(sqlite3_file* f, int level) {
    MAY_FAIL(lock);
    return real(f)->pMethods->xLock(real(f), level);
}
int unlock(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int check_reserved(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
int control(sqlite3_file* f, int what, void* with) {
    // Of the others an answer is a piece of information.
    if (what == SQLITE_FCNTL_SYNC || what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_COMMIT_PHASETWO ||
        what == SQLITE_FCNTL_CKPT_START || what == SQLITE_FCNTL_CKPT_DONE) {
        MAY_FAIL(control);
    }
    return real(f)->pMethods->xFileControl(real(f), what, with);
}
int sector_size(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int characteristics(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int shm_map(sqlite3_file* f, int region, int size, int extend, void volatile** out) {
    if (how as{}; fails(call::shm_map, as)) {
        *out = nullptr;
        return code(call::shm_map, as);
    }
    return real(f)->pMethods->xShmMap(real(f), region, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int count, int flags) {
    // Letting go cannot fail.
    if ((flags & SQLITE_SHM_LOCK) != 0) {
        MAY_FAIL(shm_lock);
    }
    return real(f)->pMethods->xShmLock(real(f), offset, count, flags);
}
void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int shm_unmap(sqlite3_file* f, int gone) { return real(f)->pMethods->xShmUnmap(real(f), gone); }
int fetch(sqlite3_file* f, sqlite3_int64 from, int size, void** out) {
    MAY_FAIL(fetch);
    return real(f)->pMethods->xFetch(real(f), from, size, out);
}
int unfetch(sqlite3_file* f, sqlite3_int64 from, void* what) {
    return real(f)->pMethods->xUnfetch(real(f), from, what);
}

constexpr sqlite3_io_methods methods{
    3,         close,          read,    write,       truncate,        sync,    size,     lock,
    unlock,    check_reserved, control, sector_size, characteristics, shm_map, shm_lock, shm_barrier,
    shm_unmap, fetch,          unfetch};

int open(sqlite3_vfs*, const char* name, sqlite3_file* out, int flags, int* made) {
    out->pMethods = nullptr;
    MAY_FAIL(open);
    const int done = at.real->xOpen(at.real, name, real(out), flags, made);
    if (real(out)->pMethods) out->pMethods = &methods;
    return done;
}
int remove(sqlite3_vfs*, const char* name, int sync) {
    MAY_FAIL(remove);
    return at.real->xDelete(at.real, name, sync);
}
int access(sqlite3_vfs*, const char* name, int flags, int* out) {
    MAY_FAIL(access);
    return at.real->xAccess(at.real, name, flags, out);
}

sqlite3_vfs ours;

}  // namespace

std::string_view text(call one) {
    constexpr std::string_view names[] = {"read", "write",   "truncate", "sync",  "size",
                                          "lock", "shm_map", "shm_lock", "fetch", "control",
                                          "open", "remove",  "access"};
    return names[static_cast<std::size_t>(one)];
}
std::string_view text(how one) {
    constexpr std::string_view names[] = {"error", "full", "half", "half_full", "short_read"};
    return names[static_cast<std::size_t>(one)];
}

bool applies(how one, call to) {
    switch (one) {
        case how::error:
            return true;
        case how::full:
            return to == call::write || to == call::shm_map;
        case how::half:
            return to == call::write || to == call::read;
        case how::half_full:
            return to == call::write;
        case how::short_read:
            return to == call::read;
    }
    return false;
}

disk::disk() : real_(sqlite3_vfs_find(nullptr)) {
    at.real = real_;
    ours = *real_;
    ours.zName = "failing";
    ours.szOsFile = static_cast<int>(sizeof(file)) + real_->szOsFile;
    ours.xOpen = open;
    ours.xDelete = remove;
    ours.xAccess = access;
    sqlite3_vfs_register(&ours, 1);
}

disk::~disk() {
    disarm();
    sqlite3_vfs_register(real_, 1);
    sqlite3_vfs_unregister(&ours);
}

void disk::arm(const fault& what) {
    std::lock_guard lock(at.mutex);
    at.what = what;
    at.armed = true;
    at.reached = false;
    at.counted = 0;
}

bool disk::disarm() {
    std::lock_guard lock(at.mutex);
    at.armed = false;
    return at.reached;
}

bool disk::reached() const {
    std::lock_guard lock(at.mutex);
    return at.reached;
}

}  // namespace failing
