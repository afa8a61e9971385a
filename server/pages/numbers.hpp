// The numbers that stand on every page, as the guide's data has them. 112 is no data: it stands in the pages.
#pragma once

#include <string>
#include <string_view>

#include "server/guide/handbook.hpp"
#include "server/html/view.hpp"

namespace pages {

class screen;

// As tel: wants it (RFC 3966): digits, and a plus before them.
[[nodiscard]] std::string dialled(std::string_view number);

// Fills `nummer-ID` and `bel-ID` of those that the page has, and `met-ID`, false for one that nobody verified
// in time. Veilig Thuis has no such flag: the data is not taken without it.
void put_numbers(screen& screen, const guide::handbook& handbook, protocol::day today);

}  // namespace pages
