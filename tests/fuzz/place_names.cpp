// Any text typed as a place: the index finds what a walk over every name of the country finds, whole names
// first, and guesses only where that finds nothing; a postcode is what the one pattern of postcodes is,
// however its spaces are made and with the country before it or not.
#include <algorithm>
#include <regex>
#include <set>

#include "base/text/distance.hpp"
#include "base/text/signs.hpp"
#include "base/text/utf8.hpp"
#include "server/places/fold.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/guide/held.hpp"

namespace {

using guide::fold;

struct spelling {
    std::string text;
    std::string code;
};

// Every spelling of every name of a municipality, its aliases and the places that search names for it.
const std::vector<spelling>& spellings() {
    static const std::vector<spelling> out = [] {
        std::vector<spelling> made;
        for (const auto& one : shipped::gemeenten().get()->all()) {
            std::vector<std::string> names{one.naam, one.weergave};
            names.insert(names.end(), one.aliassen.begin(), one.aliassen.end());
            for (const auto& name : names)
                for (auto& text : guide::spellings(fold(name).value())) made.push_back({text, one.code});
        }
        return made;
    }();
    return out;
}

bool found_in(std::string_view spelling, std::string_view typed) {
    for (auto at = spelling.find(typed); at != spelling.npos; at = spelling.find(typed, at + 1))
        if (typed.size() >= 3 || at == 0 || spelling[at - 1] == ' ') return true;
    return false;
}

// Whether a guess may be this name, by the rule as it is told.
bool near(std::string_view spelling, std::string_view typed) {
    const std::size_t slips = spelling.size() >= 8 ? 2 : spelling.size() >= 4 ? 1 : 0;
    return slips > 0 && base::distance(spelling, typed, slips).has_value();
}

bool near_any(std::string_view name, std::string_view typed) {
    return std::ranges::any_of(guide::spellings(fold(name).value()),
                               [&](const auto& one) { return near(one, typed); });
}

void search(std::string_view text) {
    const auto& country = *shipped::gemeenten().get();
    const auto found = country.search(text, 1000);
    const auto folded = fold(text);
    must(folded.has_value() == base::is_utf8(text));
    if (!folded || folded->empty()) return must(found.empty());
    must(fold(*folded) == *folded && !folded->starts_with(' ') && !folded->ends_with(' '));
    std::set<std::string> codes;
    bool whole = true;
    for (const auto& [gemeente, via, exact, guess] : found) {
        must(codes.insert(gemeente->code).second && (!exact || whole));
        whole = exact;
        must(guess == found.front().guess && !(guess && exact));
        if (guess)
            must(via.empty() ? near_any(gemeente->naam, *folded) || near_any(gemeente->weergave, *folded)
                             : near_any(via, *folded));
        else if (!via.empty())
            must(found_in(fold(via).value(), *folded) || guide::spellings(fold(via).value()).size() > 1);
    }
    for (const auto& [name, code] : spellings())
        if (found_in(name, *folded))
            must(codes.contains(code) && !found.front().guess);
        else if (found.empty() || found.front().guess)
            must(codes.contains(code) || !near(name, *folded));
    const auto few = country.search(text, 3);
    must(few.size() == std::min<std::size_t>(3, found.size()));
    for (std::size_t i = 0; i < few.size(); ++i) must(few[i].gemeente == found[i].gemeente);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    search(text);
    static const std::regex postcode(" *([Nn][Ll]-?)? *[1-9][0-9]{3} *([A-Za-z]{2})? *");
    const auto touched = shipped::gemeenten().get()->by_postcode(text);
    if (size <= 256) must(touched.has_value() == std::regex_match(base::plainly(text), postcode));
    if (touched)
        for (const auto& one : *touched) must(one.percent <= 100);
    return 0;
}
