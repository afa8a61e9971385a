// What every program of ours does with its own process before it touches a secret.
#pragma once

namespace process {

// No core file and no debugger (not dumpable), so that what passes through is not written to a disk. Where
// the limit of locked memory allows all of it, everything is locked against swapping; a half lock would make
// allocations fail.
void guard();

}  // namespace process
