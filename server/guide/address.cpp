#include "server/guide/address.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text/ascii.hpp"
#include "base/text/signs.hpp"

namespace guide {
namespace {

constexpr std::array<std::string_view, 12> streets{"straat", "laan",   "weg",   "plein",     "gracht", "kade",
                                                   "dijk",   "singel", "steeg", "plantsoen", "dreef",  "hof"};

using base::is_capital;
using base::is_digit;

// "1234 AB", as only an address has it.
bool holds_postcode(std::string_view text) {
    for (std::size_t i = 0; i + 6 <= text.size(); ++i) {
        if (i > 0 && (is_digit(text[i - 1]) || is_capital(text[i - 1]))) continue;
        if (!std::ranges::all_of(text.substr(i, 4), is_digit)) continue;
        const auto at = std::min(text.find_first_not_of(" -", i + 4), text.size());
        const bool letters = at + 2 <= text.size() && is_capital(text[at]) && is_capital(text[at + 1]);
        if (letters && (at + 2 == text.size() || !is_capital(text[at + 2]))) return true;
    }
    return false;
}

// A name that begins with a capital, as "onderweg" does not.
bool is_street(std::string_view word) {
    return !word.empty() && is_capital(word.front()) &&
           std::ranges::any_of(streets, [&](std::string_view ending) {
               return word.size() > ending.size() && word.ends_with(ending);
           });
}

std::string_view bare(std::string_view word) {
    constexpr std::string_view marks = ".,:;()[]\"'#";
    const auto first = std::min(word.find_first_not_of(marks), word.size());
    return word.substr(first, word.find_last_not_of(marks) - first + 1);
}

// "Stationsstraat nr. 12".
bool announces_number(std::string_view word) {
    constexpr std::array<std::string_view, 7> words{"nr",         "no",     "num",   "nummer",
                                                    "huisnummer", "huisnr", "number"};
    return std::ranges::find(words, base::lower(word)) != words.end();
}

bool holds_street(std::string_view text) {
    std::string_view before;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = bare(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty() || announces_number(word)) continue;
        const auto digit = std::ranges::find_if(word, is_digit) - word.begin();
        if (is_street(digit == 0 ? before : bare(word.substr(0, static_cast<std::size_t>(digit)))) &&
            static_cast<std::size_t>(digit) < word.size())
            return true;
        before = word;
    }
    return false;
}

// Empty where the text has neither.
std::string_view address_in(std::string_view written) {
    const auto text = base::plainly(written);
    if (holds_postcode(text)) return "a postcode";
    if (holds_street(text)) return "a street with a number";
    return {};
}

}  // namespace

void refuse_address(entry_reader& from, std::string_view key, std::initializer_list<std::string_view> texts) {
    for (const auto text : texts)
        if (const auto what = address_in(text); !what.empty())
            return from.fault(key, fmt::format("'{}' holds {}: no entry may have an address", key, what));
}

void refuse_address(entry_reader& from, std::string_view key, const words& text) {
    refuse_address(from, key, {text.nl, text.en});
    for (const auto& [code, other] : text.other) refuse_address(from, key, {other});
}

}  // namespace guide
