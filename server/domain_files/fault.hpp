// What is wrong with a file under schema/, named so that the operator can mend it: a load collects all faults
// before it gives up, because nobody wants to start a server once per fault.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace guide {

struct fault {
    std::string file;      // the path as it was opened
    std::size_t line;      // counted from 1; 0 where the fault is the file's as a whole
    std::string sentence;  // plain, without a full stop
};

void append(std::vector<fault>& to, const std::vector<fault>& more);

// "schema/places/regios.tsv:7: sentence", without the number where there is none.
[[nodiscard]] std::string text(const fault& fault);

// The first faults of each file, and behind them how many more it has: a file that was saved in another way
// is wrong in every line, and nobody reads five hundred times the same.
[[nodiscard]] std::vector<fault> shortened(const std::vector<fault>& all);

}  // namespace guide
