// Who helps whom, and where: schema/wegwijzer/hulp.toml. No entry ever holds an address: some must stay
// secret, and a file that has one is refused.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/references.hpp"

namespace guide {

// Whom help is for, as codes of the interface.
inline constexpr std::array<std::string_view, 6> help_for{"volwassen",    "minderjarig",     "buitenlands",
                                                          "met-kinderen", "zonder-papieren", "dokter"};

struct help {
    std::string id;
    std::string regio;                     // a safety region, "VR25"; empty: the whole country
    std::string gebied;                    // the part of the region, by name; empty: all of it
    organisation wie;                      // a copy where the file refers to organisaties.toml
    words wat;                             // what they do for you
    std::optional<words> veilig;           // how to reach them safely
    std::vector<std::string> doelgroepen;  // empty: everybody
    std::vector<std::string> talen;        // BCP 47; empty: not known
    std::optional<bool> zonder_politie;    // without talking to the police; nothing: not known
    std::string eigenaar;                  // a safety region, or "landelijk"
    bool demonstratie = false;             // for demonstrations alone, marked there, and without a number:
                                           // it may be somebody's, by now
    std::size_t line = 0;

    // A demonstration's entry is not asked for its verification.
    [[nodiscard]] bool stands(protocol::day today, bool demonstration) const {
        if (demonstratie) return demonstration;
        return wie.reachable(today);
    }
    [[nodiscard]] bool is_for(std::string_view doelgroep) const;
    // In that region, or anywhere. region: "VR25"; empty: not said.
    [[nodiscard]] bool is_in(std::string_view region) const { return regio.empty() || regio == region; }
};

// The order in which help is told: what answers day and night first, because who looks may be in danger; then
// what is near; and as it stands in the file.
[[nodiscard]] std::vector<const help*> in_order(const std::vector<help>& all);

// regions: the codes that exist.
[[nodiscard]] std::vector<help> read_help(const std::filesystem::path& file,
                                          const std::vector<organisation>& organisations,
                                          const std::vector<std::string>& regions, protocol::day today,
                                          std::vector<fault>& faults);

}  // namespace guide
