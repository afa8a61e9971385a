// What the words of a typed place are: postcodes, names, the country, a street with its number. What is none
// of these is kept too, because it must be asked about: a word that is dropped can be the one that mattered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/places/gemeenten.hpp"
#include "server/places/provinces.hpp"

namespace pages {

// Values of the question where it happens, that a word of the place may say.
inline constexpr std::string_view at_airport = "luchthaven", in_port = "haven";

struct place_words {
    std::vector<std::string> postcodes;  // four digits each
    std::vector<std::string> names;      // each the whole name of some place here, as guide::fold gives it
    std::vector<std::string> unknown;    // runs of words that are nothing of this
    const guide::province* province = nullptr;
    bool country = false;     // the Netherlands
    bool abroad = false;      // a country, capital or large city outside them
    bool abroad_too = false;  // such a name that is one of `names` as well
    std::string_view spot;    // at_airport, in_port, or empty
};

// text: UTF-8, as base::plainly gives it. What is no UTF-8 has one unknown run.
[[nodiscard]] place_words read_place(const guide::gemeenten& gemeenten, std::string_view text);

}  // namespace pages
