// What places-import changes, as lines for the person who decides whether it is right.
#pragma once

#include <optional>
#include <ostream>
#include <string_view>

#include "server/places/places_changes.hpp"

namespace admin {

// now: the tables that the changes lead to.
void write(const guide::places_changes& changes, const guide::atlas& now, std::ostream& out);

// The year in the name that CBS gives the file, "pc6hnr20260801_gwb.csv".
[[nodiscard]] std::optional<unsigned> year_of(std::string_view file_name);

}  // namespace admin
