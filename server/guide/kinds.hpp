// The kinds of desk, as the directory has them (protocol §2).
#pragma once

#include <array>
#include <string_view>

namespace guide {

inline constexpr std::array<std::string_view, 7> kinds_of_desk{
    "politie", "zorg", "arbeid", "grens", "landelijk", "gemeente", "veiligheidshuis"};

}  // namespace guide
