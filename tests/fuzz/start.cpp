// Runs before the first input of any target.
#include <cstdlib>

#include <sodium.h>

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    if (sodium_init() < 0) std::abort();
    return 0;
}
