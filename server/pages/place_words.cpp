// Parts at commas, words at signs; from each word on the longest run that means something.
#include "server/pages/place_words.hpp"

#include <algorithm>
#include <array>

#include "base/text/ascii.hpp"
#include "server/pages/abroad.hpp"
#include "server/places/fold.hpp"

namespace pages {
namespace {

using word_list = std::vector<std::string_view>;

constexpr std::size_t longest_name = 8, most_words = 60;  // in words; of more words the rest is unknown

template <class Range>
bool is_one_of(std::string_view word, const Range& words) {
    return std::ranges::find(words, word) != std::end(words);
}

bool digits_only(std::string_view word) { return std::ranges::all_of(word, base::is_digit); }

bool is_postcode(std::string_view word) { return word.size() == 4 && digits_only(word) && word[0] != '0'; }

bool are_letters_of_postcode(std::string_view word) {
    return word.size() == 2 && std::ranges::all_of(word, base::is_letter);
}

// "5", "12a", "14bis".
bool is_house_number(std::string_view word) {
    const auto letters = word.find_first_not_of("0123456789");
    return letters != 0 && (letters == word.npos ? word.size() : letters) <= 5 &&
           (letters == word.npos || word.size() - letters <= 3);
}

// Behind a house number: "5 A", "5 hs", "5 - 2".
bool belongs_to_number(std::string_view word) {
    constexpr std::array<std::string_view, 4> more = {"hs", "bis", "huis", "rd"};
    return word.size() == 1 || digits_only(word) || is_one_of(word, more);
}

bool is_street(std::string_view last_word) {
    constexpr std::array<std::string_view, 12> ends = {"straat", "laan", "weg",       "plein",
                                                       "gracht", "kade", "singel",    "steeg",
                                                       "pad",    "dijk", "boulevard", "allee"};
    return std::ranges::any_of(ends, [&](auto end) { return last_word.ends_with(end); });
}

// "gem. Rotterdam"; and which of two levels is meant.
bool is_title_of_place(std::string_view run) {
    constexpr std::array<std::string_view, 10> titles = {
        "gemeente", "gem",  "municipality", "municipality of", "stad",
        "dorp",     "city", "city of",      "town of",         "village of"};
    return is_one_of(run, titles);
}
bool is_title_of_province(std::string_view run) {
    constexpr std::array<std::string_view, 4> titles = {"provincie", "prov", "province", "province of"};
    return is_one_of(run, titles);
}

std::string_view spot_of(std::string_view word) {
    constexpr std::array<std::string_view, 4> air = {"luchthaven", "vliegveld", "airport", "schiphol"};
    constexpr std::array<std::string_view, 6> water = {"haven",   "havens",    "port",
                                                       "harbour", "europoort", "maasvlakte"};
    if (is_one_of(word, air)) return at_airport;
    return is_one_of(word, water) ? in_port : std::string_view();
}

word_list words_of(std::string_view folded) {
    word_list out;
    while (!folded.empty()) {
        const auto end = std::min(folded.find(' '), folded.size());
        if (end > 0) out.push_back(folded.substr(0, end));
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return out;
}

enum class kind { word, number, postcode, title, known };

struct token {
    std::string_view text;  // its words, in their folded part
    pages::kind kind = kind::word;
    std::size_t words = 1;
    bool name = false, country = false, abroad = false;
    bool letters = false;  // a postcode with those that only the Netherlands have
    const guide::province* province = nullptr;
    std::string_view spot = {};
};

class reader {
  public:
    explicit reader(const guide::gemeenten& gemeenten) : gemeenten_(gemeenten) {}

    // The whole text where it is one name: "Nuenen, Gerwen en Nederwetten" has a comma in it.
    bool read_whole(std::string_view folded) {
        const auto words = words_of(folded);
        if (words.empty() || words.size() > longest_name) return false;
        const auto one = known(words, 0, words.size());
        if (one.kind != kind::known) return false;
        put(one);
        return true;
    }

    void read_part(std::string_view folded) {
        const auto words = words_of(folded);
        std::vector<token> tokens;
        for (std::size_t at = 0; at < words.size(); at += tokens.back().words)
            tokens.push_back(read_++ < most_words ? longest(words, at) : token{words[at]});
        find_streets(tokens);
        for (std::size_t at = 0; at < tokens.size(); ++at) {
            const auto& one = tokens[at];
            const bool numbered = at + 1 < tokens.size() && tokens[at + 1].kind == kind::number;
            if (one.kind == kind::word)
                put_unknown(one, at > 0 && tokens[at - 1].kind == kind::word);
            else if (numbered && one.name)
                numbered_.push_back(one);
            else
                put(one);
        }
    }

    // A name before a house number is that of a street where another place is named ("Assen 3, Ede").
    place_words finish() && {
        if (out_.names.empty())
            for (const auto& one : numbered_) put(one);
        if (of_province_)
            std::erase_if(out_.names, [](const std::string& name) { return guide::find_province(name); });
        if (of_place_ && out_.province && is_one_of(province_text_, out_.names)) out_.province = nullptr;
        return std::move(out_);
    }

    void put_unreadable() { out_.unknown.emplace_back(); }

  private:
    // The words from `from` to `to`, where together they mean something.
    [[nodiscard]] token known(const word_list& words, std::size_t from, std::size_t to) const {
        const auto* end = words[to - 1].data() + words[to - 1].size();
        token out{{words[from].data(), static_cast<std::size_t>(end - words[from].data())}};
        out.words = to - from;
        out.name = !gemeenten_.called(out.text).empty();
        out.country = is_the_country(out.text);
        out.abroad = is_abroad(out.text);
        out.province = guide::find_province(out.text);
        // Schiphol-Rijk is a village beside it.
        for (auto at = from; at < to && (out.name || out.words == 1); ++at)
            if (const auto spot = spot_of(words[at]); out.words == 1 || words[at] != "schiphol")
                out.spot = spot.empty() ? out.spot : spot;
        const bool title = is_title_of_place(out.text) || is_title_of_province(out.text);
        if (out.name || out.country || out.abroad || out.province || !out.spot.empty())
            out.kind = kind::known;
        else if (title)
            out.kind = kind::title;
        return out;
    }

    [[nodiscard]] token longest(const word_list& words, std::size_t at) const {
        const auto word = words[at];
        auto name = [&](std::size_t from, std::size_t least) -> token {
            for (auto to = std::min(words.size(), from + longest_name); to >= from + least; --to)
                if (auto found = known(words, from, to); found.kind != kind::word) return found;
            return {words[at]};
        };
        if (is_postcode(word)) {
            token out{word, kind::postcode};
            // The letters, unless they begin a name ("3721 De Bilt").
            if (at + 1 < words.size() && are_letters_of_postcode(words[at + 1]) && name(at + 1, 2).words < 2)
                out.words = 2;
            out.letters = out.words == 2;
            return out;
        }
        if (word.size() == 6 && is_postcode(word.substr(0, 4)) && are_letters_of_postcode(word.substr(4)))
            return {.text = word.substr(0, 4), .kind = kind::postcode, .letters = true};
        if (is_house_number(word)) return {word, kind::number};
        return name(at, 1);
    }

    // Words before a house number, those that belong to it, and words that end as a street does.
    static void find_streets(std::vector<token>& tokens) {
        for (std::size_t at = 0; at < tokens.size(); ++at) {
            auto& one = tokens[at];
            const bool before = at > 0 && tokens[at - 1].kind == kind::number;
            if (one.kind == kind::word && before && belongs_to_number(one.text)) one.kind = kind::number;
            const bool last = at + 1 == tokens.size() || tokens[at + 1].kind != kind::word;
            const bool street = one.kind == kind::word && last && is_street(one.text);
            if (one.kind != kind::number && !street) continue;
            const auto end = street ? at + 1 : at;
            auto from = end;
            while (from > 0 && tokens[from - 1].kind == kind::word) --from;
            // Behind four digits stands the town ("2321 Hoogstraten 5"); only one word that ends as streets
            // do is a street there.
            const bool town =
                from > 0 && tokens[from - 1].kind == kind::postcode && !tokens[from - 1].letters;
            if (town && (end - from != 1 || !is_street(tokens[from].text))) continue;
            for (; from < end; ++from) tokens[from].kind = kind::number;
        }
    }

    void put_unknown(const token& one, bool goes_on) {
        if (goes_on && !out_.unknown.empty())
            out_.unknown.back() += ' ' + std::string(one.text);
        else
            out_.unknown.emplace_back(one.text);
    }

    void put(const token& one) {
        if (one.kind == kind::postcode) out_.postcodes.emplace_back(one.text);
        if (one.name && !one.country) out_.names.emplace_back(one.text);
        of_place_ = of_place_ || is_title_of_place(one.text);
        of_province_ = of_province_ || is_title_of_province(one.text);
        out_.country = out_.country || one.country;
        (one.name ? out_.abroad_too : out_.abroad) |= one.abroad;
        if (one.province) out_.province = one.province, province_text_ = one.text;
        if (!one.spot.empty()) out_.spot = one.spot;
    }

    const guide::gemeenten& gemeenten_;
    place_words out_;
    std::vector<token> numbered_;
    std::string province_text_;
    bool of_place_ = false, of_province_ = false;
    std::size_t read_ = 0;
};

// "Capelle a/d IJssel".
std::string written_out(std::string_view text) {
    std::string out(text);
    if (const auto at = out.find("a/d"); at != out.npos) out.replace(at, 3, "aan den");
    return out;
}

}  // namespace

place_words read_place(const guide::gemeenten& gemeenten, std::string_view text) {
    reader reader(gemeenten);
    const auto whole = written_out(text);
    const auto folded = guide::fold(whole);
    if (!folded) {
        reader.put_unreadable();
        return std::move(reader).finish();
    }
    if (reader.read_whole(*folded)) return std::move(reader).finish();
    std::vector<std::string> parts;  // the tokens look into them
    std::string_view rest = whole;
    while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of(",;/()|\n\t"), rest.size());
        parts.push_back(guide::fold(rest.substr(0, end)).value_or(""));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (const auto& part : parts) reader.read_part(part);
    return std::move(reader).finish();
}

}  // namespace pages
