#include "base/process/guard.hpp"

#include <cstddef>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace process {
namespace {

// A sanitizer's shadow is terabytes of address space, and what it keeps there is not ours to lock.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool instrumented = true;
#else
constexpr bool instrumented = false;
#endif

// Whether this process may lock more than its limit says. Asked of the kernel by locking one page more,
// because a capability inside a container's user namespace looks like the real one and does not count.
// Nothing is touched: the range is locked on fault, and no page of it can be reached.
bool above(rlim_t limit) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t size = (limit / page + 1) * page;
    void* range = ::mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) return false;
    const bool locked = ::mlock2(range, size, MLOCK_ONFAULT) == 0;
    ::munmap(range, size);
    return locked;
}

bool lock_everything() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return false;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_MEMLOCK, &limit);
    if (instrumented || (limit.rlim_max != RLIM_INFINITY && !above(limit.rlim_max))) return false;
    // On fault: a page is locked once it is touched. Otherwise every thread's whole stack would be filled at
    // once.
    return ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
}

}  // namespace

bool guard() {
    rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
    return lock_everything();
}

}  // namespace process
