// What ICU knows of a language by its tag, also of those that have no catalogue here: what it calls itself,
// for people who look for somebody they can talk with, and the script it is written in.
#pragma once

#include <string>

namespace lang {

// "pl" (BCP 47) is "polski", as ICU (CLDR) writes it within a sentence; a code that is not known, or no code,
// stays as it is.
[[nodiscard]] std::string name_in_itself(const std::string& code);

// "Hans" of "zh-Hans", and of "zh-CN", which leaves it to the reader (CLDR, likely subtags); empty where
// nobody knows.
[[nodiscard]] std::string script_of(const std::string& tag);

}  // namespace lang
