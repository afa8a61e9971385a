// What somebody may notice: schema/wegwijzer/signalen.toml. A signal is a hint, never proof; pages always say
// so.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/entry_reader.hpp"

namespace guide {

// Where people work who may notice something.
struct workplace {
    std::string code;
    words naam;
    std::size_t line = 0;
};

struct signal {
    std::string id;
    std::vector<std::string> vormen;   // empty: every form
    std::vector<std::string> plekken;  // empty: everywhere
    words tekst;
    provenance bron;
    std::size_t line = 0;

    [[nodiscard]] bool stands(protocol::day today) const { return may_be_shown(bron, false, today); }
    // Empty: not asked for.
    [[nodiscard]] bool fits(std::string_view vorm, std::string_view plek) const;
};

struct signals {
    std::vector<workplace> plekken;
    std::vector<signal> all;
};

[[nodiscard]] signals read_signals(const std::filesystem::path& file, protocol::day today,
                                   std::vector<fault>& faults);

}  // namespace guide
