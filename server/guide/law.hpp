// Sentences about the law that pages quote, each with its source and the day on which it was verified:
// schema/wegwijzer/recht.toml.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/entry_reader.hpp"

namespace guide {

struct law_sentence {
    std::string id;
    words tekst;
    provenance bron;
    std::size_t line = 0;
    // The kinds of desk (loketten.json) of which it says what a report means for somebody without residence
    // papers; empty: it says something else.
    std::vector<std::string> papieren_bij = {};
};

[[nodiscard]] std::vector<law_sentence> read_law(const std::filesystem::path& file, protocol::day today,
                                                 std::vector<fault>& faults);

// What a report to a desk of this kind means for somebody without residence papers; null where no source says
// it, or nobody verified it in time.
[[nodiscard]] const law_sentence* without_papers(const std::vector<law_sentence>& among,
                                                 std::string_view soort, protocol::day today);

// Null where there is none.
[[nodiscard]] const law_sentence* find(const std::vector<law_sentence>& among, std::string_view id);

}  // namespace guide
