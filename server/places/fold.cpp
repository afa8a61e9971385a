// The folding table (Latin-1 and Latin Extended-A, U+00C0 to U+017F) and the spellings people use for
// one name.
#include "server/places/fold.hpp"

#include <array>
#include <cstddef>

#include "base/text/signs.hpp"
#include "base/text/utf8.hpp"

namespace guide {
namespace {

constexpr char32_t table_first = 0xC0;
constexpr auto table = std::to_array<std::string_view>({
    // clang-format off
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  // U+00C0
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "ss",  // U+00D0
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",  // U+00E0
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "y",  // U+00F0
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",  // U+0100
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",  // U+0110
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",  // U+0120
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",  // U+0130
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",  // U+0140
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",  // U+0150
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",  // U+0160
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",  // U+0170
    // clang-format on
});
static_assert(table.size() == 0x180 - 0xC0);

bool within(char32_t point, char32_t low, char32_t high) { return point >= low && point <= high; }

// Apostrophes in all their shapes, combining marks, the vowel signs of Arabic and what stretches it, and what
// nobody sees.
bool vanishes(char32_t point) {
    return point == '\'' || point == '`' || point == 0xB4 || point == 0x2BC ||
           within(point, 0x2018, 0x201B) || point == 0x2032 || within(point, 0x300, 0x36F) ||
           point == 0x640 || within(point, 0x64B, 0x655) || base::is_unseen(point);
}

// Letters beyond the table that people write in two ways: capitals of Greek and Cyrillic, Cyrillic ones with
// a mark (ё й ї ѓ), Arabic ones with a hamza or their endings, and letters of full width.
char32_t plain_letter(char32_t point) {
    if (within(point, 0xFF21, 0xFF3A)) return point - 0xFF21 + 'a';
    if (within(point, 0xFF41, 0xFF5A)) return point - 0xFF41 + 'a';
    if (within(point, 0x391, 0x3A9)) return point + 0x20;
    if (within(point, 0x410, 0x42F)) point += 0x20;
    if (within(point, 0x400, 0x40F)) point += 0x50;
    switch (point) {
        case 0x218:
        case 0x219:
            return 's';  // with a comma below
        case 0x21A:
        case 0x21B:
            return 't';
        case 0x490:
            return 0x491;  // Ґ
        case 0x439:
            return 0x438;  // й и
        case 0x451:
            return 0x435;  // ё е
        case 0x457:
            return 0x456;  // ї і
        case 0x622:
        case 0x623:
        case 0x625:
            return 0x627;  // alef
        case 0x649:
        case 0x6CC:
            return 0x64A;  // yeh
        case 0x629:
            return 0x647;  // teh marbuta
        case 0x6A9:
            return 0x643;  // kaf
        default:
            return point;
    }
}

// What separates words: every ASCII and Latin-1 sign, the general punctuation, spaces and dashes,
// and what stands for a comma or a full stop in Chinese and Arabic.
bool separates(char32_t point) {
    return point < table_first || within(point, 0x2000, 0x206F) || base::is_space(point) ||
           base::is_dash(point) || within(point, 0x3001, 0x3003) || within(point, 0xFF01, 0xFF0F) ||
           within(point, 0xFF1A, 0xFF20) || point == 0x60C || point == 0x61B || point == 0x61F;
}

void append(std::string& out, std::string_view letters) {
    if (letters != " ") {
        out += letters;
    } else if (!out.empty() && out.back() != ' ') {
        out += ' ';
    }
}

}  // namespace

std::optional<std::string> fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::string_view before = text;
        const auto point = base::take_point(text);
        if (!point) return std::nullopt;
        if (within(*point, 'a', 'z') || within(*point, '0', '9')) {
            out += before.front();
        } else if (within(*point, 'A', 'Z')) {
            out += static_cast<char>(before.front() - 'A' + 'a');
        } else if (vanishes(*point)) {
            continue;
        } else if (const auto digit = base::ascii_digit(*point)) {
            out += *digit;
        } else if (separates(*point)) {
            append(out, " ");
        } else if (*point < table_first + table.size()) {
            append(out, table[*point - table_first]);
        } else {
            base::append_utf8(out, plain_letter(*point));
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::vector<std::string> spellings(const std::string& folded) {
    std::vector<std::string> out{folded};
    if (folded.starts_with("s ") || folded.starts_with("t ")) {
        out.push_back(folded.substr(2));
        out.push_back(folded.substr(0, 1) + folded.substr(2));
    }
    if (folded.starts_with("st ")) out.push_back("sint " + folded.substr(3));
    if (folded.starts_with("sint ")) out.push_back("st " + folded.substr(5));
    return out;
}

}  // namespace guide
