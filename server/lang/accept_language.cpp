// One pass over the header, then one over the ranges. Codes are compared without regard to case, as tags are.
#include "server/lang/accept_language.hpp"

#include <algorithm>
#include <optional>

#include "base/text/ascii.hpp"
#include "server/lang/names.hpp"

namespace lang {
namespace {

using base::is_digit;
using base::lower;
bool is_alpha(char c) { return base::is_letter(c); }
bool is_alphanum(char c) { return is_alpha(c) || is_digit(c); }

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// What stands before the mark; `rest` is left behind it, or empty where there is none.
std::string_view take_until(std::string_view& rest, char mark) {
    const auto part = rest.substr(0, rest.find(mark));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return part;
}

bool is_range(std::string_view tag) {
    if (tag == "*") return true;
    if (tag.empty() || tag.ends_with('-')) return false;
    for (bool first = true; !tag.empty(); first = false) {
        const auto subtag = take_until(tag, '-');
        if (subtag.empty() || subtag.size() > 8) return false;
        if (!std::ranges::all_of(subtag, first ? is_alpha : is_alphanum)) return false;
    }
    return true;
}

// "q=0.75" in thousandths: at most three decimals, and none but zeros after a 1.
std::optional<unsigned> read_weight(std::string_view text) {
    if (!text.starts_with("q=") && !text.starts_with("Q=")) return std::nullopt;
    text.remove_prefix(2);
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    unsigned weight = text[0] == '1' ? 1000 : 0;
    unsigned worth = 100;
    for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (!is_digit(c)) return std::nullopt;
        weight += worth * static_cast<unsigned>(c - '0');
        worth /= 10;
    }
    return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

std::optional<language_range> read_range(std::string_view text) {
    const bool weighted = text.find(';') != text.npos;
    const auto tag = trimmed(take_until(text, ';'));
    if (!is_range(tag)) return std::nullopt;
    const auto weight = weighted ? read_weight(trimmed(text)) : 1000;
    if (!weight) return std::nullopt;
    return language_range{lower(tag), *weight};
}

// The code is what the range names, or begins with it: "zh" names "zh-Hant".
bool names(std::string_view range, const std::string& code) {
    return code.starts_with(range) && (code.size() == range.size() || code[range.size()] == '-');
}

// "zh-hant-tw" → "zh-hant" → "zh" → "". A single letter that would stand at the end goes too.
std::string_view cut_short(std::string_view tag) {
    const auto end = tag.rfind('-');
    if (end == tag.npos) return {};
    tag = tag.substr(0, end);
    if (tag.size() >= 2 && tag[tag.size() - 2] == '-') tag.remove_suffix(2);
    return tag;
}

std::string_view language_of(std::string_view tag) { return tag.substr(0, tag.find('-')); }

// The first code of the range's language and script, else the first of its language; the end where there is
// none. No code that was refused has a language.
auto of_its_language(const std::string& range, const std::vector<std::string>& codes) {
    const auto language = language_of(range);
    const auto speaks = [&](const std::string& code) { return language_of(code) == language; };
    const auto first = std::ranges::find_if(codes, speaks);
    if (first == codes.end()) return first;
    const auto script = script_of(range);
    const auto same = std::find_if(first, codes.end(), [&](const std::string& code) {
        return speaks(code) && script_of(code) == script;
    });
    return same == codes.end() ? first : same;
}

}  // namespace

std::vector<language_range> read_accept_language(std::string_view accept_language) {
    if (accept_language.size() > max_accept_language) {
        const auto last = accept_language.rfind(',', max_accept_language);
        accept_language = accept_language.substr(0, last == accept_language.npos ? 0 : last);
    }
    std::vector<language_range> ranges;
    for (std::size_t seen = 0; seen < max_language_ranges && !accept_language.empty(); ++seen) {
        auto range = read_range(take_until(accept_language, ','));
        if (!range) continue;
        const auto place =
            std::ranges::upper_bound(ranges, range->weight, std::ranges::greater{}, &language_range::weight);
        ranges.insert(place, std::move(*range));
    }
    return ranges;
}

std::size_t look_up(std::span<const language_range> ranges, std::span<const std::string_view> codes,
                    std::string_view for_strangers) {
    std::vector<std::string> ours;
    for (const auto code : codes) ours.push_back(lower(code));
    for (const auto& range : ranges) {
        if (range.weight > 0) continue;
        for (auto& code : ours) {
            if (names(range.tag, code)) code.clear();  // refused: equals nothing any more
        }
    }
    const auto common = std::ranges::find(ours, for_strangers);
    bool stranger = false;
    for (const auto& range : ranges) {
        if (range.weight == 0) break;
        if (range.tag == "*" && stranger && common != ours.end()) break;
        stranger = stranger || range.tag != "*";
        for (std::string_view tag = range.tag; !tag.empty(); tag = cut_short(tag)) {
            const auto found = std::ranges::find_if(
                ours, [&](const std::string& code) { return tag == "*" ? !code.empty() : code == tag; });
            if (found != ours.end()) return static_cast<std::size_t>(found - ours.begin());
        }
        if (range.tag == "*") continue;
        if (const auto found = of_its_language(range.tag, ours); found != ours.end())
            return static_cast<std::size_t>(found - ours.begin());
    }
    return stranger && !for_strangers.empty() && common != ours.end()
               ? static_cast<std::size_t>(common - ours.begin())
               : 0;
}

}  // namespace lang
