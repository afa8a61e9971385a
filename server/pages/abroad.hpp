// Names that lie outside the Netherlands, and the names of the country itself: in the languages that people
// here write, so that a report about Warsaw is not taken for one about a village.
#pragma once

#include <string_view>

namespace pages {

// Both take a name as guide::fold gives it.
// A country, a continent, a capital or another large city abroad; one may be called like a place here as well
// ("america").
[[nodiscard]] bool is_abroad(std::string_view folded);
// The Netherlands, also as "Holland" and "NL". A hamlet is called Nederland too; who writes it nearly always
// means the country.
[[nodiscard]] bool is_the_country(std::string_view folded);

}  // namespace pages
