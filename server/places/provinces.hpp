// The twelve provinces, which nobody's desk follows but which people name: alone ("Zeeland"), and to say
// which of several places they mean ("Elst, Utrecht"). Each consists of whole safety regions.
#pragma once

#include <initializer_list>
#include <string_view>

#include "server/places/gemeente.hpp"

namespace guide {

struct province {
    std::string_view naam;
    std::initializer_list<std::string_view> called;   // as fold() gives them
    std::initializer_list<std::string_view> regions;  // codes of safety regions, "VR09"

    [[nodiscard]] bool holds(const gemeente& one) const;
};

// By a name as fold() gives it, also Frisian and English; null where no province is called so.
[[nodiscard]] const province* find_province(std::string_view folded);

}  // namespace guide
