#include "server/pages/places.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text/ascii.hpp"
#include "base/text/signs.hpp"
#include "server/guide/fold.hpp"

namespace pages {
namespace {

using lang::phrase;

constexpr phrase which_one{"fault", "There is more than one place of that name. Choose which one you mean."};
constexpr phrase this_one{"fault", "Do you mean this place? Choose it, or choose that you do not know."};
constexpr phrase one_of_these{"fault",
                              "Do you mean one of these places? Choose it, or choose that you do not know."};
constexpr phrase not_found{
    "fault",
    "We do not know this place. Correct it, or choose that you do not know: the next page then "
    "shows which desk gets the report."};

using candidates = std::vector<offer>;
constexpr std::size_t most_offered = 8;

// "1012 AB", "1012AB" or "1012" at the beginning of a text; empty where there is none.
std::string_view leading_postcode(std::string_view text) {
    if (text.size() < 4 || !std::ranges::all_of(text.substr(0, 4), base::is_digit)) return {};
    if (text.size() == 4 || text[4] == ',') return text.substr(0, 4);
    std::size_t at = text[4] == ' ' ? 5 : 4;
    const bool letters = text.size() >= at + 2 && base::is_letter(text[at]) && base::is_letter(text[at + 1]);
    const bool ends = text.size() == at + 2 || (text.size() > at + 2 && !base::is_letter(text[at + 2]));
    if (letters && ends) return text.substr(0, at + 2);
    return at == 5 ? text.substr(0, 4) : std::string_view();
}

// "NL-1012 AB".
std::string_view without_country(std::string_view text) {
    if (base::lower(text.substr(0, 2)) != "nl" || text.size() < 4) return text;
    auto behind = text.substr(text[2] == '-' || text[2] == ' ' ? 3 : 2);
    return leading_postcode(behind).empty() ? text : behind;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// What stands behind the last comma ("Dorpsstraat 5, Ede"); the whole text where there is none.
std::string_view last_part(std::string_view text) {
    auto comma = text.rfind(',');
    return comma == text.npos ? text : trimmed(text.substr(comma + 1));
}

std::string_view first_part(std::string_view text) { return trimmed(text.substr(0, text.find(','))); }

// "Damrak 1 Amsterdam": what stands behind the last word with a digit; empty where there is nothing.
std::string_view behind_number(std::string_view text) {
    const auto digit = text.find_last_of("0123456789");
    const auto blank = digit == text.npos ? digit : text.find(' ', digit);
    const auto rest = blank == text.npos ? std::string_view() : trimmed(text.substr(blank));
    return rest.size() > 2 ? rest : std::string_view();  // not the letters of a postcode
}

// "Capelle a/d IJssel".
std::string written_out(std::string_view text) {
    std::string out(text);
    if (const auto at = out.find("a/d"); at != out.npos) out.replace(at, 3, "aan den");
    return out;
}

// A hamlet is called Nederland too; who writes it nearly always means the country.
bool is_the_country(std::string_view text) {
    const auto folded = guide::fold(text);
    constexpr std::array<std::string_view, 4> names = {"nederland", "the netherlands", "netherlands", "nl"};
    return folded && std::ranges::find(names, std::string_view(*folded)) != names.end();
}

// "Rijswijk" where the register has "Rijswijk (NB)": the province only tells it from its namesakes, and who
// lives there leaves it out.
bool differs_by_province(const guide::gemeenten::match& match, std::string_view text) {
    constexpr std::array<std::string_view, 10> provinces = {"l",  "lb", "nb",  "nh", "zh",
                                                            "ze", "gd", "gld", "gn", "fr"};
    const auto typed = guide::fold(text);
    const auto name = guide::fold(match.via.empty() ? std::string_view(match.gemeente->weergave) : match.via);
    if (!typed || !name || !name->starts_with(*typed + " ")) return false;
    return std::ranges::find(provinces, std::string_view(*name).substr(typed->size() + 1)) != provinces.end();
}

struct named {
    candidates all;
    bool exact = false;
    bool guess = false;
};

named by_name(const guide::gemeenten& gemeenten, std::string_view text) {
    named out;
    for (const auto& match : gemeenten.search(text, most_offered)) {
        const bool exact = match.exact || differs_by_province(match, text);
        if (exact && !out.exact) out = {{}, true};
        if (exact == out.exact) out.all.push_back({match.gemeente, match.via});
        out.guess = match.guess;
    }
    return out;
}

// "gemeente Utrecht" is Utrecht.
std::string_view without_title(std::string_view text) {
    constexpr std::array<std::string_view, 5> titles = {"gemeente ", "Gemeente ", "gem. ", "Gem. ",
                                                        "municipality of "};
    for (auto title : titles)
        if (text.starts_with(title)) return trimmed(text.substr(title.size()));
    return text;
}

// Both are names. What they share is meant ("Beek, Montferland"); where they share nothing nobody knows which
// is, and the report must not go to the police of a place that was only an afterthought: all are asked about.
named together(const named& one, const named& other) {
    named out{{}, true, false};
    for (const auto& here : one.all)
        if (std::ranges::find(other.all, here.gemeente, &offer::gemeente) != other.all.end())
            out.all.push_back(here);
    if (!out.all.empty()) return out;
    out = {one.all, false, false};
    out.all.insert(out.all.end(), other.all.begin(), other.all.end());
    if (out.all.size() > most_offered) out.all.resize(most_offered);
    return out;
}

// The whole text; else its parts, at a comma or behind a house number. What any of them is called comes
// before what one of them begins, and that before what one of them was perhaps meant to be.
named by_any_name(const guide::gemeenten& gemeenten, std::string_view whole) {
    const auto text = written_out(whole);
    named out, begun, guessed;
    std::vector<std::string_view> asked;
    for (const auto part : {std::string_view(text), last_part(text), first_part(text), behind_number(text)}) {
        if (part.empty() || std::ranges::find(asked, part) != asked.end()) continue;
        if (is_the_country(part) && part.size() < text.size()) continue;
        asked.push_back(part);
        auto found = by_name(gemeenten, without_title(part));
        if (!found.exact) {
            auto& kept = found.guess ? guessed : begun;
            if (kept.all.empty()) kept = std::move(found);
            continue;
        }
        out = out.all.empty() ? std::move(found) : together(out, found);
        if (part.size() == text.size()) break;
    }
    if (!out.all.empty()) return out;
    return begun.all.empty() ? guessed : begun;
}

// Nothing where the text holds no postcode that is known. Of municipalities that share a desk only the main
// one; and what stands before or behind the postcode: of several it says which, and the name of another place
// is asked about.
std::optional<named> by_postcode(const guide::gemeenten& gemeenten, const protocol::routing_table& table,
                                 std::string_view text) {
    auto found = gemeenten.by_postcode(leading_postcode(text));
    std::string_view before;
    if (!found || found->empty()) {
        before = text.substr(0, text.size() - last_part(text).size());
        text = last_part(text);
        found = gemeenten.by_postcode(leading_postcode(text));
    }
    if (!found || found->empty()) return std::nullopt;
    named out{{}, true, false};
    for (const auto& one : *found) out.all.push_back({one.gemeente, {}});
    auto behind = trimmed(text.substr(leading_postcode(text).size()));
    if (behind.starts_with(',')) behind = trimmed(behind.substr(1));
    before = trimmed(before);
    if (before.ends_with(',')) before = trimmed(before.substr(0, before.size() - 1));
    for (const auto beside : {before, behind}) {
        if (beside.empty() || is_the_country(beside)) continue;
        const auto other = by_any_name(gemeenten, beside);
        if (!other.exact) continue;
        auto both = together(out, other);
        if (!both.exact) return both;
        out = std::move(both);
    }
    const auto& desk = table.regio(out.all.front().gemeente->code);
    if (std::ranges::all_of(out.all, [&](auto& one) { return table.regio(one.gemeente->code) == desk; }))
        out.all.resize(1);
    else
        out.exact = false;
    return out;
}

}  // namespace

place find_place(const guide::gemeenten& gemeenten, const protocol::routing_table& table,
                 std::string_view text, std::string_view answer) {
    if (base::blank(text)) return {};
    const auto plain = base::plainly(text);
    text = without_country(trimmed(plain));
    auto here = by_postcode(gemeenten, table, text);
    // A name that was only begun could be another place: that is asked as well.
    if (!here) here = by_any_name(gemeenten, text);
    if (here->exact && here->all.size() == 1 && !is_the_country(text))
        return {here->all.front().gemeente, false, {}, false, false};
    place out{nullptr, true, std::move(here->all), false, here->exact};
    auto chosen = std::ranges::find_if(out.offered, [&](auto& one) { return one.gemeente->code == answer; });
    if (chosen != out.offered.end()) out.found = chosen->gemeente;
    out.ask = !out.found && answer != no_such_place;
    return out;
}

place place_in(const answers& given, const guide::gemeenten& gemeenten,
               const protocol::routing_table& table) {
    const bool holds = given.text(place_chosen_for) == given.text("plaats");
    return find_place(gemeenten, table, given.text("plaats"),
                      holds ? given.text(which_place) : std::string_view());
}

lang::phrase why_asked(const place& place) {
    if (place.offered.empty()) return not_found;
    if (place.offered.size() == 1) return this_one;
    return place.namesakes ? which_one : one_of_these;
}

}  // namespace pages
