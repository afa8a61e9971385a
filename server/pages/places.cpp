#include "server/pages/places.hpp"

#include <algorithm>
#include <array>
#include <optional>

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

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "1012 AB", "1012AB" or "1012" at the beginning of a text; empty where there is none.
std::string_view leading_postcode(std::string_view text) {
    if (text.size() < 4 || !std::ranges::all_of(text.substr(0, 4), is_digit)) return {};
    if (text.size() == 4 || text[4] == ',') return text.substr(0, 4);
    std::size_t at = text[4] == ' ' ? 5 : 4;
    const bool letters = text.size() >= at + 2 && is_letter(text[at]) && is_letter(text[at + 1]);
    const bool ends = text.size() == at + 2 || (text.size() > at + 2 && !is_letter(text[at + 2]));
    if (letters && ends) return text.substr(0, at + 2);
    return at == 5 ? text.substr(0, 4) : std::string_view();
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

// Nothing where the text holds no postcode that is known.
std::optional<candidates> by_postcode(const guide::gemeenten& gemeenten, const protocol::routing_table& table,
                                      std::string_view text) {
    auto found = gemeenten.by_postcode(leading_postcode(text));
    if (!found || found->empty()) found = gemeenten.by_postcode(leading_postcode(last_part(text)));
    if (!found || found->empty()) return std::nullopt;
    candidates out;
    for (const auto& one : *found) out.push_back({one.gemeente, {}});
    const auto& desk = table.regio(out.front().gemeente->code);
    if (std::ranges::all_of(out, [&](auto& one) { return table.regio(one.gemeente->code) == desk; }))
        out.resize(1);
    return out;
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
    constexpr std::array<std::string_view, 3> titles = {"gemeente ", "Gemeente ", "municipality of "};
    for (auto title : titles)
        if (text.starts_with(title)) return trimmed(text.substr(title.size()));
    return text;
}

// The whole text; else what stands behind its last comma, or before its first ("Utrecht, Kanaalstraat"). What
// any of them is called comes before what one of them was perhaps meant to be.
named by_any_name(const guide::gemeenten& gemeenten, std::string_view text) {
    named guessed;
    std::string_view asked;
    for (auto part : {text, last_part(text), trimmed(text.substr(0, text.find(',')))}) {
        if (part == asked) continue;  // there is no comma
        asked = part;
        auto found = by_name(gemeenten, without_title(part));
        if (!found.all.empty() && !found.guess) return found;
        if (guessed.all.empty()) guessed = std::move(found);
    }
    return guessed;
}

}  // namespace

place find_place(const guide::gemeenten& gemeenten, const protocol::routing_table& table,
                 std::string_view text, std::string_view answer) {
    if (blank(text)) return {};
    text = trimmed(text);
    auto here = by_postcode(gemeenten, table, text);
    // A name that was only begun could be another place: that is asked as well.
    bool sure = here.has_value(), guess = false;
    if (!here) {
        auto found = by_any_name(gemeenten, text);
        sure = found.exact;
        guess = found.guess;
        here = std::move(found.all);
    }
    if (sure && here->size() == 1) return {here->front().gemeente, false, {}, false, false};
    place out{nullptr, true, std::move(*here), false, guess};
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
    return place.guess ? one_of_these : which_one;
}

}  // namespace pages
