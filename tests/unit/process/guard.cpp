// What the guard did, as the kernel tells it.
#include "base/process/guard.hpp"

#include <fstream>
#include <functional>
#include <linux/capability.h>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace {

constexpr long mebi = 1 << 20;

// A line of /proc/self/status in kB: "VmLck:	    1234 kB".
long status(const std::string& name) {
    std::ifstream file("/proc/self/status");
    for (std::string word; file >> word;)
        if (word == name + ":") {
            long value = -1;
            file >> value;
            return value;
        }
    return -1;
}

// The guard acts on its whole process for good, so each case has a process of its own. The number of the
// first claim that does not hold, from 1; 0 where all do.
int alone(const std::function<int()>& claims) {
    const auto child = ::fork();
    if (child == 0) ::_exit(claims());
    int how = 0;
    ::waitpid(child, &how, 0);
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

bool give_up_locking_rights() {
    __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct sets[2]{};
    if (::syscall(SYS_capget, &head, sets) != 0) return false;
    for (auto* set : {&sets[0].effective, &sets[0].permitted}) *set &= ~(1U << CAP_IPC_LOCK);
    return ::syscall(SYS_capset, &head, sets) == 0;
}

}  // namespace

TEST_CASE("a guarded process leaves no core and cannot be traced") {
    CHECK(alone([] {
              process::guard();
              rlimit core{1, 1};
              if (::getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0) return 1;
              if (::prctl(PR_GET_DUMPABLE) != 0) return 2;
              return 0;
          }) == 0);
}

TEST_CASE(
    "what the guard says of locking is so, also for memory that comes later, and only what is touched "
    "counts") {
    CHECK(alone([] {
              const bool locked = process::guard();
              const long before = status("VmLck"), resident = status("VmRSS");
              if (before < 0 || (before > 0) != locked) return 1;
              constexpr std::size_t size = 64 * mebi, part = mebi;
              void* later = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              if (later == MAP_FAILED) return 2;
              for (std::size_t at = 0; at < part; at += 4096) static_cast<volatile char*>(later)[at] = 1;
              if (locked && status("VmLck") < before + 64 * 1024) return 3;
              if (status("VmRSS") > resident + 16 * 1024) return 4;
              return 0;
          }) == 0);
}

TEST_CASE("below a limit nothing is locked, and the limit is as high as it may be") {
    CHECK(alone([] {
              const rlimit low{mebi, 4 * mebi};
              if (::setrlimit(RLIMIT_MEMLOCK, &low) != 0 || !give_up_locking_rights()) return 1;
              if (process::guard()) return 2;
              rlimit now{};
              if (::getrlimit(RLIMIT_MEMLOCK, &now) != 0 || now.rlim_cur != 4 * mebi) return 3;
              if (status("VmLck") != 0) return 4;
              // Nor does a half lock stand in the way of what is larger than the limit.
              void* large =
                  ::mmap(nullptr, 64 * mebi, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              return large == MAP_FAILED ? 5 : 0;
          }) == 0);
}
