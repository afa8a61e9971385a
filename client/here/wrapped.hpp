// Text cut into pieces that fit a terminal, each behind a prefix of ours: a terminal that broke the line
// itself would begin the rest at its left edge, where only this program's own words may stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace client {

// Columns of the terminal behind this descriptor; 80 where it is none, or fewer where standard error or input
// is a narrower one (behind a pager, say).
[[nodiscard]] std::size_t terminal_columns(int descriptor);

// Columns that a text without control characters takes: none for combining marks, two for wide letters. What
// terminals do not agree on counts as the most that any of them takes.
[[nodiscard]] std::size_t columns_of(std::string_view text);

// escaped(text), line by line: `first` before the first piece of all, `further` before every other one. A
// piece ends at a space where there is one, whose spaces then go, and within a word that is too long. No
// piece with its prefix takes more than `columns`, but where fewer than four are left beside the prefix (a
// terminal of ten columns). Tabs become spaces. Each piece ends with a newline.
[[nodiscard]] std::string wrapped(std::string_view text, std::string_view first, std::string_view further,
                                  std::size_t columns);

}  // namespace client
