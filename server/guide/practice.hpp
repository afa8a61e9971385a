// Cases to practise with: schema/wegwijzer/oefenen.toml.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/signals.hpp"

namespace guide {

// What one could do about a case.
inline constexpr std::array<std::string_view, 4> practice_answers{"bel-112", "melden", "overleggen",
                                                                  "geen-signaal"};

struct practice_case {
    std::string id;
    std::string plek;  // a workplace of signalen.toml
    std::string vorm;
    words verhaal;
    std::string antwoord;  // one of practice_answers
    words uitleg;
    std::size_t line = 0;
};

[[nodiscard]] std::vector<practice_case> read_practice(const std::filesystem::path& file,
                                                       const std::vector<workplace>& places,
                                                       std::vector<fault>& faults);

}  // namespace guide
