// About filing a complaint (aangifte): schema/wegwijzer/aangifte.toml, headings with sentences that each have
// a source.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/guide/references.hpp"

namespace guide {

struct complaint_part {
    std::string id;
    words titel;
    std::vector<sourced> zinnen;
    std::size_t line = 0;
};

[[nodiscard]] std::vector<complaint_part> read_complaint(const std::filesystem::path& file,
                                                         const std::vector<organisation>& organisations,
                                                         protocol::day today, std::vector<fault>& faults);

}  // namespace guide
