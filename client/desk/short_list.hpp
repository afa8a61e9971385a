// The list of reports for a terminal that is too narrow for whole ids: as much of each id as a verb takes,
// and a line of its own for what ends.
#pragma once

#include <cstddef>
#include <string>

#include "client/desk/listing.hpp"

namespace desk {

// Whether standard output is a terminal on which a line of the whole list would be broken.
[[nodiscard]] bool wants_short_list();

[[nodiscard]] std::string short_heading();
// One line of at most 80 columns, and under it, cut to `columns`, what the report's end is.
[[nodiscard]] std::string short_line_of(const row& row, std::size_t columns);

}  // namespace desk
