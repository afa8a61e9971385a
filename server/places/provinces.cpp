// Public law as of November 2026 (Provinciewet; the safety regions as in schema/places/regios.tsv).
#include "server/places/provinces.hpp"

#include <algorithm>

namespace guide {
namespace {

constexpr province all[] = {
    {"Groningen", {"groningen"}, {"VR01"}},
    {"Fryslân", {"friesland", "fryslan"}, {"VR02"}},
    {"Drenthe", {"drenthe"}, {"VR03"}},
    {"Overijssel", {"overijssel"}, {"VR04", "VR05"}},
    {"Gelderland", {"gelderland"}, {"VR06", "VR07", "VR08"}},
    {"Utrecht", {"utrecht"}, {"VR09"}},
    {"Noord-Holland", {"noord holland", "north holland"}, {"VR10", "VR11", "VR12", "VR13", "VR14"}},
    {"Zuid-Holland", {"zuid holland", "south holland"}, {"VR15", "VR16", "VR17", "VR18"}},
    {"Zeeland", {"zeeland"}, {"VR19"}},
    {"Noord-Brabant", {"noord brabant", "north brabant", "brabant"}, {"VR20", "VR21", "VR22"}},
    {"Limburg", {"limburg"}, {"VR23", "VR24"}},
    {"Flevoland", {"flevoland"}, {"VR25"}},
};

}  // namespace

bool province::holds(const gemeente& one) const {
    return std::ranges::find(regions, std::string_view(one.veiligheidsregio)) != regions.end();
}

const province* find_province(std::string_view folded) {
    const auto at = std::ranges::find_if(
        all, [&](const province& one) { return std::ranges::find(one.called, folded) != one.called.end(); });
    return at == std::end(all) ? nullptr : &*at;
}

}  // namespace guide
