// What the store holds on to, and for how long.
#pragma once

#include <chrono>
#include <cstddef>

namespace store {

// Of SQLite's write-ahead log, in pages of 4 KiB.
struct log_limits {
    int portion = 500;  // brought over in one go: many at once would keep the disk from the commits
    int many = 16'000;  // at which the log should start anew: rarely, and quick to read at a start
    int few = 150;      // so few that a commit is not held up by them
};

struct limits {
    std::size_t jobs = 4096;  // that wait to be written
    std::size_t bytes = std::size_t{64} << 20;
    std::chrono::milliseconds patience{10'000};  // how long a write is waited for
    std::chrono::milliseconds stall{3'000};      // a batch under way for longer: nothing more is taken
    std::chrono::milliseconds farewell{1'500};   // of what is under way at the end, where it can be left
    std::chrono::microseconds pace{1'500};       // between the beginnings of two commits, at least
    log_limits log = {};
};

}  // namespace store
