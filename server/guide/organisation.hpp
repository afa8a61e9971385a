// Whom one can call: schema/wegwijzer/organisaties.toml. A number that nobody verified within a year is never
// shown.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/guide/entry_reader.hpp"

namespace guide {

struct organisation {
    std::string id;
    std::string naam;
    std::string telefoon;             // as dialled in the Netherlands, "0800-2000"; empty: none
    std::string telefoon_buitenland;  // "+31 70 333 4444"; empty: none
    std::string url;                  // https://…; empty: none
    bool opsporing = false;           // police or another investigating service
    bool altijd = false;              // answers day and night: never drops out
    std::string soort;                // the kind of desk that it is (loketten.json); empty: none of those
    std::vector<std::string> vormen;  // for these forms alone; empty: for every form
    std::optional<bool> anoniem;      // one need not say who one is; nothing: not known
    words wat;                        // what it is for
    std::optional<words> bereikbaar;  // when somebody answers
    provenance bron;
    std::size_t line = 0;  // in its file

    [[nodiscard]] bool is_for(std::string_view vorm) const { return takes(vormen, vorm); }
    // Somebody can reach it today by what is shown of it.
    [[nodiscard]] bool reachable(protocol::day today) const {
        return (!telefoon.empty() || !url.empty()) && may_be_shown(bron, altijd, today);
    }
};

// The keys that say who somebody is and how to reach them; a help entry has them too where it is no known
// organisation. `id` and `wat` are the caller's.
[[nodiscard]] organisation read_contact(entry_reader& from, protocol::day today);

// In the order of the file; an id that stands there twice is a fault.
[[nodiscard]] std::vector<organisation> read_organisations(const std::filesystem::path& file,
                                                           protocol::day today, std::vector<fault>& faults);

// The id of the one that stands on every page beside 112.
inline constexpr std::string_view always_reachable = "veilig-thuis";

// Null where there is none.
[[nodiscard]] const organisation* find(const std::vector<organisation>& among, std::string_view id);

}  // namespace guide
