// The tables are of Unicode 15; tests/unit/base holds every code point against ICU's.
#include "base/text/signs.hpp"

#include <algorithm>
#include <span>

#include "base/text/utf8.hpp"

namespace base {
namespace {

struct range {
    char32_t first, last;
};
using ranges = std::span<const range>;

bool any_holds(ranges all, char32_t point) {
    return std::ranges::any_of(all, [point](range r) { return point >= r.first && point <= r.last; });
}

constexpr range spaces[] = {
    {0x0009, 0x000d}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00a0, 0x00a0}, {0x1680, 0x1680},
    {0x2000, 0x200a}, {0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000},
};
constexpr range dashes[] = {
    {0x002d, 0x002d}, {0x058a, 0x058a}, {0x05be, 0x05be},   {0x1400, 0x1400}, {0x1806, 0x1806},
    {0x2010, 0x2015}, {0x2053, 0x2053}, {0x207b, 0x207b},   {0x208b, 0x208b}, {0x2212, 0x2212},
    {0x2e17, 0x2e17}, {0x2e1a, 0x2e1a}, {0x2e3a, 0x2e3b},   {0x2e40, 0x2e40}, {0x2e5d, 0x2e5d},
    {0x301c, 0x301c}, {0x3030, 0x3030}, {0x30a0, 0x30a0},   {0xfe31, 0xfe32}, {0xfe58, 0xfe58},
    {0xfe63, 0xfe63}, {0xff0d, 0xff0d}, {0x10ead, 0x10ead},
};
constexpr range bidi_marks[] = {{0x061c, 0x061c}, {0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069}};
constexpr range unseen[] = {
    {0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x061c, 0x061c}, {0x115f, 0x1160}, {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x200b, 0x200f},   {0x202a, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164},
    {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};
constexpr range variations[] = {{0x180b, 0x180d}, {0x180f, 0x180f}, {0xfe00, 0xfe0f}, {0xe0100, 0xe01ef}};
// Arabic, Syriac, N'Ko and the scripts around them; those of India, Tibet, Myanmar and Khmer; Mongolian;
// Arabic again, in its shapes.
constexpr range joining[] = {
    {0x0600, 0x08ff}, {0x0900, 0x0dff}, {0x0f00, 0x109f}, {0x1780, 0x18af}, {0x1a20, 0x1aaf},
    {0x1b00, 0x1bff}, {0xa800, 0xabff}, {0xfb50, 0xfdff}, {0xfe70, 0xfefc}, {0x10a00, 0x11fff},
};
constexpr range pictures[] = {{0x203c, 0x203c}, {0x2049, 0x2049}, {0x2139, 0x2bff}, {0x1f000, 0x1faff}};

constexpr char32_t zeros[] = {U'0', 0x0660, 0x06f0, 0xff10};  // nine digits follow each
constexpr char32_t empty_braille = 0x2800;

// Whether a joiner between these two joins something.
bool joins(char32_t before, char32_t after) {
    return (any_holds(joining, before) && any_holds(joining, after)) ||
           (any_holds(pictures, before) && any_holds(pictures, after));
}

}  // namespace

bool is_space(char32_t point) { return any_holds(spaces, point); }
bool is_dash(char32_t point) { return any_holds(dashes, point); }
bool is_bidi_mark(char32_t point) { return any_holds(bidi_marks, point); }
bool is_unseen(char32_t point) { return any_holds(unseen, point); }
bool is_variation(char32_t point) { return any_holds(variations, point); }

bool is_control(char32_t point) {
    return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x2028 || point == 0x2029;
}

std::optional<char> ascii_digit(char32_t point) {
    for (const char32_t zero : zeros)
        if (point >= zero && point <= zero + 9) return static_cast<char>('0' + (point - zero));
    return std::nullopt;
}

bool blank(std::string_view utf8) {
    while (!utf8.empty()) {
        const auto point = take_point(utf8);
        if (!point) return false;
        if (!is_space(*point) && !is_control(*point) && !is_unseen(*point) && *point != empty_braille)
            return false;
    }
    return true;
}

std::optional<char32_t> out_of_place(std::string_view utf8) {
    // The sign before, past variation selectors; nothing at the start and behind what is not seen.
    char32_t before = 0;
    while (const auto point = take_point(utf8)) {
        if (is_control(*point)) return point;
        if (is_joiner(*point)) {
            auto rest = utf8;
            if (!joins(before, take_point(rest).value_or(0))) return point;
        } else if (is_variation(*point)) {
            if (before == 0 || is_space(before)) return point;
        } else if (is_unseen(*point)) {
            return point;
        } else {
            before = *point;
        }
    }
    return std::nullopt;
}

std::string name_of(char32_t point) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (auto left = static_cast<unsigned>(point); left > 0 || out.size() < 4; left /= 16)
        out.insert(out.begin(), digits[left % 16]);
    return "U+" + out;
}

std::string plainly(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto before = text;
        const auto point = take_point(text);
        if (!point) {
            out += text.front();
            text.remove_prefix(1);
        } else if (is_space(*point)) {
            out += ' ';
        } else if (is_dash(*point)) {
            out += '-';
        } else if (const auto digit = ascii_digit(*point)) {
            out += *digit;
        } else if (!is_unseen(*point)) {
            out += before.substr(0, before.size() - text.size());
        }
    }
    return out;
}

}  // namespace base
