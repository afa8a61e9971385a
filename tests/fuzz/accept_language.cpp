// Any text as Accept-Language: its ranges are those that a regular expression of the grammar finds, and the
// language looked up is one of ours that somebody asked for and nobody refused, or the first.
#include "server/lang/accept_language.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <regex>

#include "tests/fuzz/target.hpp"

namespace {

constexpr std::array<std::string_view, 5> codes = {"nl", "en", "zh-Hant", "ar", "pt-BR"};

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

// RFC 9110 §12.5.4 and RFC 4647 §2.1, of short texts: a longer one would be too deep for std::regex.
std::vector<lang::language_range> by_grammar(const std::string& text) {
    static const std::regex element(
        R"([ \t]*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)[ \t]*(;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?)");
    std::vector<lang::language_range> out;
    std::size_t from = 0;
    for (std::size_t seen = 0; seen < lang::max_language_ranges && from < text.size(); ++seen) {
        const auto to = std::min(text.find(',', from), text.size());
        std::smatch parts;
        const auto one = text.substr(from, to - from);
        if (std::regex_match(one, parts, element)) {
            auto weight = parts[3].matched ? parts[3].str() : "1";
            weight.erase(std::remove(weight.begin(), weight.end(), '.'), weight.end());
            weight.resize(4, '0');
            const auto thousandths = static_cast<unsigned>(std::stoul(weight));
            const auto lighter = [&](const auto& one) { return one.weight < thousandths; };
            out.insert(std::ranges::find_if(out, lighter), {lower(parts[1].str()), thousandths});
        }
        from = to + 1;
    }
    return out;
}

bool names(std::string_view range, std::string_view code) {
    return code == range || (code.starts_with(range) && code[range.size()] == '-');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto ranges = lang::read_accept_language(text);
    must(ranges.size() <= lang::max_language_ranges);
    if (size <= 256) {
        const auto expected = by_grammar(text);
        must(std::ranges::equal(ranges, expected, [](const auto& one, const auto& other) {
            return one.tag == other.tag && one.weight == other.weight;
        }));
    }
    // What lies behind a whole header does not change it.
    must(size >= lang::max_accept_language || lang::read_accept_language(text + ",").size() == ranges.size());

    const auto place = lang::look_up(ranges, codes);
    must(place < codes.size());
    const auto code = lower(std::string(codes[place]));
    const auto refused = std::ranges::any_of(
        ranges, [&](const auto& range) { return range.weight == 0 && names(range.tag, code); });
    const auto language = [](std::string_view tag) { return tag.substr(0, tag.find('-')); };
    const auto asked = std::ranges::any_of(ranges, [&](const auto& range) {
        return range.weight > 0 && (range.tag == "*" || language(range.tag) == language(code));
    });
    must(place == 0 || (asked && !refused));
    for (const auto& range : ranges) {
        if (range.weight == 0) break;
        // The heaviest range, where it is one of ours that nobody refused, is served.
        const bool kept = std::ranges::none_of(
            ranges, [&](const auto& r) { return r.weight == 0 && names(r.tag, range.tag); });
        const auto ours =
            std::ranges::find(codes, range.tag, [](auto one) { return lower(std::string(one)); });
        if (ours != codes.end() && kept) must(place == static_cast<std::size_t>(ours - codes.begin()));
        break;
    }
    return 0;
}
