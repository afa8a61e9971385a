// References from one file of the handbook to another: each that leads nowhere is a fault, and left out.
// Where the other file could not be read at all, that is one fault already, and not one more for every
// reference.
#pragma once

#include <string_view>
#include <vector>

#include "server/guide/law.hpp"
#include "server/guide/organisation.hpp"

namespace guide {

[[nodiscard]] const organisation* organisation_of(entry_reader& from, std::string_view key,
                                                  const std::vector<organisation>& organisations);
[[nodiscard]] std::vector<const organisation*> organisations_of(
    entry_reader& from, std::string_view key, const std::vector<organisation>& organisations);
[[nodiscard]] std::vector<const law_sentence*> law_of(entry_reader& from, std::string_view key,
                                                      const std::vector<law_sentence>& law);

// A sentence with its source.
struct sourced {
    words tekst;
    provenance bron;
    const organisation* wie = nullptr;  // whose number stands behind it; null: nobody's
    std::size_t line = 0;
};

}  // namespace guide
