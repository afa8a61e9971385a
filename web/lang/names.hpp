// What languages call themselves, also those that have no catalogue here: for people who look for somebody
// they can talk with.
#pragma once

#include <string>

namespace lang {

// "pl" (BCP 47) is "polski", as ICU (CLDR) writes it within a sentence; a code that is not known, or no code,
// stays as it is.
[[nodiscard]] std::string name_in_itself(const std::string& code);

}  // namespace lang
