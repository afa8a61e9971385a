// Everything in the handbook that somebody must verify once a year.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "server/guide/handbook.hpp"

namespace guide {

struct fact {
    std::string_view file;  // below wegwijzer/, without its ending
    std::size_t line;
    std::string what;  // its name, or which one it is
    const provenance& bron;
    bool always = false;  // stays shown when its check is late
};

// Not those of demonstrations.
void for_each_fact(const handbook& of, const std::function<void(const fact&)>& look);

// How many facts are due to be verified, or have lapsed; those that nobody ever verified are not counted.
[[nodiscard]] std::size_t facts_due(const handbook& of, protocol::day today);

}  // namespace guide
