// Dynamic pages are filled up, so that their length on the wire does not tell which page it was or how much
// somebody wrote (api.md, Pages).
#pragma once

#include <string>

namespace pages {

inline constexpr std::size_t page_step = 16 * 1024;
inline constexpr std::size_t least_page = 3 * page_step;  // more than every page has without a long text

// Appends a comment of blanks: the next multiple of page_step, and at least least_page.
void pad(std::string& html);

}  // namespace pages
