// What kind of organisation somebody writes to, in one sentence that is true of the kind: who reads a form
// and who reads the guide must find the same words for it.
#pragma once

#include <string_view>

#include "server/lang/languages.hpp"

namespace pages {

// soort: as in the directory (politie, grens, arbeid, zorg, landelijk …); opsporing: whether it investigates
// crimes, which goes before what its kind usually does.
[[nodiscard]] lang::phrase kind_of_organisation(std::string_view soort, bool opsporing);

}  // namespace pages
