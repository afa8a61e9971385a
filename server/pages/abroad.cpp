#include "server/pages/abroad.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "server/lang/abroad.hpp"
#include "server/places/fold.hpp"

namespace pages {
namespace {

constexpr std::array<const char*, 15> languages = {"nl", "en", "de", "fr", "es", "pl", "ro", "bg",
                                                   "hu", "uk", "ar", "zh", "tr", "ru", "vi"};

// What CLDR does not have: parts of countries, short names, the islands of the Kingdom, capitals that no
// clock is named after, and cities near the border. The last line: towns abroad that are larger than the
// Dutch place of the same name.
constexpr auto further = std::to_array<std::string_view>({
    "america",
    "vs",
    "us",
    "usa",
    "uk",
    "engeland",
    "england",
    "schotland",
    "scotland",
    "wales",
    "noord ierland",
    "northern ireland",
    "groot brittannie",
    "great britain",
    "vlaanderen",
    "flanders",
    "wallonie",
    "wallonia",
    "tsjechische republiek",
    "czech republic",
    "macedonie",
    "macedonia",
    "bosnie",
    "bosnia",
    "palestina",
    "palestine",
    "birma",
    "burma",
    "congo",
    "korea",
    "sovjet unie",
    "vaticaan",
    "turkiye",
    "bonaire",
    "saba",
    "sint eustatius",
    "st eustatius",
    "statia",
    "st maarten",
    "antillen",
    "de antillen",
    "ankara",
    "ottawa",
    "canberra",
    "washington",
    "new delhi",
    "delhi",
    "beijing",
    "peking",
    "bern",
    "islamabad",
    "hanoi",
    "abuja",
    "rabat",
    "pretoria",
    "kaapstad",
    "cape town",
    "abu dhabi",
    "wellington",
    "brasilia",
    "yaounde",
    "dodoma",
    "willemstad curacao",
    "oranjestad",
    "philipsburg",
    "quito",
    "sucre",
    "antwerpen",
    "antwerp",
    "gent",
    "ghent",
    "luik",
    "liege",
    "brugge",
    "bruges",
    "leuven",
    "oostende",
    "genk",
    "turnhout",
    "charleroi",
    "keulen",
    "cologne",
    "koln",
    "dusseldorf",
    "aken",
    "aachen",
    "duisburg",
    "dortmund",
    "bremen",
    "hamburg",
    "munchen",
    "munich",
    "frankfurt",
    "lille",
    "rijsel",
    "calais",
    "duinkerken",
    "marseille",
    "lyon",
    "barcelona",
    "valencia",
    "milaan",
    "milano",
    "napels",
    "birmingham",
    "manchester",
    "liverpool",
    "hasselt",
    "mechelen",
    "halle",
    "meppen",
    "essen",
    "munster",
});

void put(std::vector<std::string>& names, std::string_view name) {
    if (auto folded = guide::fold(name); folded && !folded->empty()) names.push_back(std::move(*folded));
}

void order(std::vector<std::string>& names) {
    std::ranges::sort(names);
    const auto again = std::ranges::unique(names);
    names.erase(again.begin(), again.end());
}

std::vector<std::string> abroad() {
    std::vector<std::string> out(further.begin(), further.end());
    for (const auto* language : languages)
        for (const auto& name : lang::names_abroad(language)) put(out, name);
    order(out);
    return out;
}

std::vector<std::string> here() {
    std::vector<std::string> out = {"nl", "the netherlands", "holland", "europees nederland"};
    for (const auto* language : languages) put(out, lang::name_of_the_netherlands(language));
    order(out);
    return out;
}

}  // namespace

bool is_abroad(std::string_view folded) {
    static const auto names = abroad();
    return std::ranges::binary_search(names, folded);
}

bool is_the_country(std::string_view folded) {
    static const auto names = here();
    return std::ranges::binary_search(names, folded);
}

}  // namespace pages
