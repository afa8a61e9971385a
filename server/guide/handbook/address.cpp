#include "server/guide/handbook/address.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace guide {
namespace {

constexpr std::array<std::string_view, 12> streets{"straat", "laan",   "weg",   "plein",     "gracht", "kade",
                                                   "dijk",   "singel", "steeg", "plantsoen", "dreef",  "hof"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// "1234 AB", as only an address has it.
bool holds_postcode(std::string_view text) {
    for (std::size_t i = 0; i + 6 <= text.size(); ++i) {
        if (i > 0 && (is_digit(text[i - 1]) || is_capital(text[i - 1]))) continue;
        if (!std::ranges::all_of(text.substr(i, 4), is_digit)) continue;
        const auto at = i + (text[i + 4] == ' ' ? 5u : 4u);
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

bool holds_street(std::string_view text) {
    std::string_view before;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        if (!word.empty() && is_digit(word.front()) && is_street(before)) return true;
        if (!word.empty()) before = word;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

// Empty where the text has neither.
std::string_view address_in(std::string_view text) {
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
