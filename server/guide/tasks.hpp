// What a desk goes through with a report, by form and age, and the codes for overlap with other crime:
// schema/wegwijzer/taken.toml. Shown to professionals, and in a desk's workplace.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/references.hpp"

namespace guide {

struct task {
    std::string id;
    std::vector<std::string> vormen, minderjarig;  // empty: all
    words tekst;
    const organisation* wie = nullptr;
    std::vector<const law_sentence*> recht;
    provenance bron;
    std::size_t line = 0;

    [[nodiscard]] bool stands(protocol::day today) const { return may_be_shown(bron, false, today); }
    [[nodiscard]] bool fits(std::string_view vorm, std::string_view age) const;
};

struct overlap {
    std::string id;
    words naam;
    std::size_t line = 0;
};

struct tasks {
    std::vector<task> all;
    std::vector<overlap> overlaps;
};

[[nodiscard]] tasks read_tasks(const std::filesystem::path& file,
                               const std::vector<organisation>& organisations,
                               const std::vector<law_sentence>& law, protocol::day today,
                               std::vector<fault>& faults);

}  // namespace guide
