#include "server/pages/places.hpp"

#include <algorithm>
#include <array>

#include "base/text/signs.hpp"
#include "server/places/fold.hpp"

namespace pages {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Where a name that is only begun is looked for: behind the last comma ("Dorpsstraat 5, Ede"; the whole text
// where there is none), before the first, and behind the last word with a digit ("Damrak 1 Amsterdam").
std::string_view last_part(std::string_view text) {
    auto comma = text.rfind(',');
    return comma == text.npos ? text : trimmed(text.substr(comma + 1));
}
std::string_view first_part(std::string_view text) { return trimmed(text.substr(0, text.find(','))); }
std::string_view behind_number(std::string_view text) {
    const auto digit = text.find_last_of("0123456789");
    const auto blank = digit == text.npos ? digit : text.find(' ', digit);
    const auto rest = blank == text.npos ? std::string_view() : trimmed(text.substr(blank));
    return rest.size() > 2 ? rest : std::string_view();  // not the letters of a postcode
}

// "gemeente Utrecht" is Utrecht.
std::string_view without_title(std::string_view text) {
    constexpr std::array<std::string_view, 5> titles = {"gemeente ", "Gemeente ", "gem. ", "Gem. ",
                                                        "municipality of "};
    for (auto title : titles)
        if (text.starts_with(title)) return trimmed(text.substr(title.size()));
    return text;
}

using candidates = std::vector<offer>;
constexpr std::size_t most_offered = 8;

// What all names and postcodes of a text share; where they share nothing, all of them, and nobody knows which
// is meant: the report must not go to the police of a place that was only an afterthought.
class meaning {
  public:
    candidates all;
    bool conflict = false;

    void take(const candidates& other) {
        if (all.empty()) {
            all = other;
            return;
        }
        auto shared = all;
        std::erase_if(shared, [&](const offer& one) { return !holds(other, one); });
        if (!shared.empty() && !conflict) {
            all = std::move(shared);
            return;
        }
        conflict = conflict || shared.empty();
        add(other);
    }

    // More to choose from.
    void add(const candidates& other) {
        for (const auto& one : other)
            if (!holds(all, one) && all.size() < most_offered) all.push_back(one);
    }

    // "Elst, Utrecht": whether something of it lies in the province; then only that is meant.
    bool narrow(const guide::province& to) {
        auto inside = all;
        std::erase_if(inside, [&](const offer& one) { return !to.holds(*one.gemeente); });
        if (inside.empty()) return false;
        all = std::move(inside);
        return true;
    }

  private:
    static bool holds(const candidates& list, const offer& one) {
        return std::ranges::find(list, one.gemeente, &offer::gemeente) != list.end();
    }
};

class finder {
  public:
    finder(const guide::gemeenten& gemeenten, const protocol::routing_table& table, std::string_view text)
        : gemeenten_(gemeenten), table_(table), text_(text), words_(read_place(gemeenten, text)) {}

    place find(bool spots) {
        weigh();
        place out;
        out.abroad = is_abroad();
        out.province = province_;
        if (spots) out.spot = words_.spot;
        const bool known = !found_.all.empty();
        understood_ = known && !found_.conflict && !rest_ && !out.abroad && !out.province && !only_country();
        if (understood_ && out.spot.empty() && found_.all.size() == 1) {
            out.found = found_.all.front().gemeente;
            return out;
        }
        out.open = true;
        out.namesakes = understood_ && words_.postcodes.empty();
        out.outside = out.abroad || out.province || !known || rest_;
        if (!out.abroad && !out.province && (!known || rest_)) look_further();
        out.offered = std::move(found_.all);
        if (out.offered.size() > most_offered) out.offered.resize(most_offered);
        return out;
    }

    // The answer, where it was among what is asked.
    void answer(place& to, std::string_view given) const {
        const auto at =
            std::ranges::find_if(to.offered, [&](auto& one) { return one.gemeente->code == given; });
        if (at != to.offered.end()) to.found = at->gemeente;
        if (given == no_such_place) to.chosen = no_such_place;
        if (given == outside_the_country && to.outside) to.chosen = outside_the_country;
        if (given == whole_province && to.province) to.chosen = whole_province;
        if (!to.spot.empty() && given == to.spot) {
            to.chosen = to.spot;
            if (understood_ && to.offered.size() == 1) to.found = to.offered.front().gemeente;
        }
        to.ask = !to.found && to.chosen.empty();
    }

  private:
    void weigh() {
        std::vector<std::string_view> unknown_postcodes;
        for (const auto& number : words_.postcodes)
            if (!take_postcode(number)) unknown_postcodes.push_back(number);
        for (const auto& name : words_.names)
            if (!is_province(name)) found_.take(called(name));
        weigh_province();
        if (only_country()) found_.add(called("nederland"));
        rest_ = !words_.unknown.empty();
        for (const auto number : unknown_postcodes) rest_ = rest_ || !is_near(number);
        if (!words_.postcodes.empty() && !found_.conflict && one_desk()) found_.all.resize(1);
    }

    // A name of two levels is the town where that fits the rest, else the province that the rest lies in.
    // Alone it is asked about where the desks of the two differ.
    void weigh_province() {
        if (!words_.province) return;
        meaning towns;
        for (const auto& name : words_.names)
            if (is_province(name)) towns.add(called(name));
        if (found_.all.empty()) {
            found_ = std::move(towns);
            if (!has_desk_of_all(*words_.province)) province_ = words_.province;
            return;
        }
        auto both = found_;
        if (!towns.all.empty()) both.take(towns.all);
        if (!towns.all.empty() && !both.conflict)
            found_ = std::move(both);
        else if (found_.conflict || !found_.narrow(*words_.province)) {
            found_.conflict = true;
            found_.add(towns.all);
            province_ = words_.province;
        }
    }

    [[nodiscard]] bool is_province(std::string_view name) const {
        return words_.province && guide::find_province(name) == words_.province;
    }

    // A name from abroad that a place here has as well means that one where the rest says so.
    [[nodiscard]] bool is_abroad() const {
        const bool alone = words_.names.size() + words_.postcodes.size() == 1 && !words_.province;
        return words_.abroad || (words_.abroad_too && (alone || found_.conflict || province_));
    }

    [[nodiscard]] candidates called(std::string_view name) const {
        candidates out;
        for (const auto& match : gemeenten_.called(name)) out.push_back({match.gemeente, match.via});
        return out;
    }

    // Whether anybody knows the postcode.
    bool take_postcode(std::string_view number) {
        candidates touched;
        if (const auto found = gemeenten_.by_postcode(number))
            for (const auto& one : *found) touched.push_back({one.gemeente, {}});
        if (!touched.empty()) found_.take(touched);
        return !touched.empty();
    }

    // A postcode newer than our tables lies beside older ones of the same municipality.
    [[nodiscard]] bool is_near(std::string_view number) const {
        if (found_.all.size() != 1) return false;
        for (int last = 0; last < 100; ++last) {
            const auto tens = static_cast<char>('0' + last / 10), ones = static_cast<char>('0' + last % 10);
            const auto near = gemeenten_.by_postcode(std::string(number.substr(0, 2)) + tens + ones);
            if (near && std::ranges::find(*near, found_.all.front().gemeente,
                                          &guide::gemeenten::candidate::gemeente) != near->end())
                return true;
        }
        return false;
    }

    [[nodiscard]] const std::string& desk_of(const guide::gemeente& one) const {
        return table_.regio(one.code);
    }

    [[nodiscard]] bool one_desk() const {
        return !found_.all.empty() && std::ranges::all_of(found_.all, [&](const offer& one) {
            return desk_of(*one.gemeente) == desk_of(*found_.all.front().gemeente);
        });
    }

    [[nodiscard]] bool has_desk_of_all(const guide::province& province) const {
        return one_desk() && std::ranges::all_of(gemeenten_.all(), [&](const guide::gemeente& one) {
                   return !province.holds(one) || desk_of(one) == desk_of(*found_.all.front().gemeente);
               });
    }

    [[nodiscard]] bool only_country() const {
        return words_.country && words_.names.empty() && words_.postcodes.empty() && !words_.province;
    }

    // What was perhaps meant by the words that are no name: offered, never taken.
    void look_further() {
        if (!found_.all.empty()) {
            // Beside a postcode it is a hamlet or a street there, or abroad, rather than a slip.
            if (!words_.postcodes.empty()) return;
            for (const auto& run : words_.unknown) add_guesses(run);
            return;
        }
        candidates guessed;
        for (const auto part : {text_, last_part(text_), first_part(text_), behind_number(text_)}) {
            if (part.empty() || !found_.all.empty()) continue;
            for (const auto& match : gemeenten_.search(without_title(part), most_offered))
                (match.guess ? guessed : found_.all).push_back({match.gemeente, match.via});
        }
        if (found_.all.empty()) found_.add(guessed);
    }

    void add_guesses(std::string_view run) {
        constexpr std::size_t most_looked_for = 3;
        if (looked_++ >= most_looked_for) return;
        for (const auto& match : gemeenten_.search(run, most_offered))
            if (match.guess) found_.add({{match.gemeente, match.via}});
    }

    const guide::gemeenten& gemeenten_;
    const protocol::routing_table& table_;
    const std::string_view text_;
    const place_words words_;
    meaning found_;
    const guide::province* province_ = nullptr;  // to be asked about
    bool rest_ = false;                          // something was not understood
    bool understood_ = false;
    std::size_t looked_ = 0;
};

}  // namespace

place find_place(const guide::gemeenten& gemeenten, const protocol::routing_table& table,
                 std::string_view text, std::string_view answer, bool spots) {
    if (base::blank(text)) return {};
    const auto plain = base::plainly(text);
    finder finder(gemeenten, table, trimmed(plain));
    auto out = finder.find(spots);
    if (out.open) finder.answer(out, answer);
    return out;
}

}  // namespace pages
