// What the law allows and asks of who reports, and what to weigh before: schema/wegwijzer/beroepen.toml.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/references.hpp"

namespace guide {

struct profession {
    std::string rol;  // a code of the interface
    std::vector<const law_sentence*> recht;
    std::vector<const organisation*> overleg;  // whom one may consult without naming anybody
    std::vector<sourced> weeg;                 // "may I?", in the order of thinking
    std::size_t line = 0;
};

// The organisations and sentences must outlive it. A role that stands there twice, and one that is missing,
// is a fault.
[[nodiscard]] std::vector<profession> read_professions(const std::filesystem::path& file,
                                                       const std::vector<organisation>& organisations,
                                                       const std::vector<law_sentence>& law,
                                                       protocol::day today, std::vector<fault>& faults);

// Null where there is none.
[[nodiscard]] const profession* find(const std::vector<profession>& among, std::string_view rol);

}  // namespace guide
