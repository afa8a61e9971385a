// What countries, parts of the world and their large cities are called, as ICU (CLDR) writes them: to know a
// place abroad by its name, in whatever language somebody writes it.
#pragma once

#include <string>
#include <vector>

namespace lang {

// In `locale` ("nl", "zh-Hans"): every country and continent, and the cities that clocks are named after,
// most capitals among them. What lies in the Netherlands in Europe is left out.
[[nodiscard]] std::vector<std::string> names_abroad(const std::string& locale);

// What the Netherlands are called in it.
[[nodiscard]] std::string name_of_the_netherlands(const std::string& locale);

}  // namespace lang
