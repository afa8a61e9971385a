// What every fuzz target shares: an invariant that must hold, and (in start.cpp) libsodium started before the
// first run.
#pragma once

#include <cstdlib>

inline void must(bool holds) {
    if (!holds) std::abort();
}
