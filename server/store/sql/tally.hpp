// What was counted of a store that went by as records: rows and a hash for each table, in the order of the
// list. Two stores that hold the same have the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/hash.hpp"

namespace store {

struct tally {
    std::string table;
    std::int64_t rows = 0;
    crypto::block<32> hash{};  // BLAKE2b-256 of its records
    bool operator==(const tally&) const = default;
};
using tallies = std::vector<tally>;

}  // namespace store
