// Which of a list's entries is which in the list's next version, where no entry has a name.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace admin {

using values = std::map<std::string, std::string>;  // "wat.nl" → the text

// Places in the two lists, from 0. `pairs` is in the order of the earlier list: first whoever says the same
// in both, then whoever shares most; who shares nothing is gone, or new.
struct paired_rows {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::vector<std::size_t> gone, added;
    bool other_order = false;  // of the pairs
};
[[nodiscard]] paired_rows pair_rows(const std::vector<values>& before, const std::vector<values>& after);

}  // namespace admin
