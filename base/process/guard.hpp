// What every program of ours does with its own process before it touches a secret.
#pragma once

namespace process {

// No core file and no debugger (not dumpable), so that what passes through is not written to a disk. Then
// everything the process has, and gets, is locked against swapping where no limit of locked memory binds it
// (RLIMIT_MEMLOCK infinite, or CAP_IPC_LOCK); elsewhere nothing is, because a half lock would make
// allocations fail. The soft limit is raised to the hard one either way: crypto::plain locks its own pages
// below it. True where everything is locked.
bool guard();

}  // namespace process
