#include "base/text/signs.hpp"

#include <unicode/uchar.h>

#include <catch2/catch.hpp>

#include "base/text/utf8.hpp"

namespace {

constexpr char32_t last_point = 0x10ffff;

}  // namespace

TEST_CASE("what a sign is, is what Unicode says") {
    for (char32_t point = 0; point <= last_point; ++point) {
        const auto has = [&](UProperty property) {
            return u_hasBinaryProperty(static_cast<UChar32>(point), property) != 0;
        };
        const bool annotation = point >= 0xfff9 && point <= 0xfffb;
        const bool agree = base::is_space(point) == has(UCHAR_WHITE_SPACE) &&
                           base::is_dash(point) == has(UCHAR_DASH) &&
                           base::is_bidi_mark(point) == has(UCHAR_BIDI_CONTROL) &&
                           base::is_variation(point) == has(UCHAR_VARIATION_SELECTOR) &&
                           base::is_unseen(point) == (has(UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || annotation);
        if (!agree) FAIL_CHECK(base::name_of(point));
        if (const auto digit = base::ascii_digit(point))
            CHECK(u_charDigitValue(static_cast<UChar32>(point)) == *digit - '0');
    }
}

TEST_CASE("a text of signs that nobody sees is blank") {
    for (const auto* text :
         {"", " ", "\t\n\r", "\u2003", "\u3164", "\u00a0\u200b", "\u2800", "\u115f\u1160", "\uffa0", "\ufeff",
          "\u00ad", "\u202e \u2069", "\u200d", "\ufe0f", "\u0001", "\u0085"})
        CHECK(base::blank(text));
    for (const auto* text :
         {"a", ".", " \u2003x", "\u200d\u0301", "\xff", "\xe2\x80", "\u0660", "\U0001f600"})
        CHECK_FALSE(base::blank(text));
}

TEST_CASE("joiners belong between letters that need them and between pictures, and nowhere else") {
    for (const auto* text :
         {"می\u200cخواهم", "۱۲\u200cساله", "क्\u200dष", "👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥",
          "👩🏽\u200d🌾", "Loket ☎\ufe0f", "葛\U000e0100", "Jan", "Zürich", "", "e\u0301"})
        CHECK_FALSE(base::out_of_place(text));
    const struct {
        std::string_view text;
        char32_t sign;
    } rows[] = {{"Rot\u200dterdam", 0x200d},
                {"Rot\u200cterdam", 0x200c},
                {"\u200cمی", 0x200c},
                {"می\u200c", 0x200c},
                {"می\u200c خ", 0x200c},
                {"م\u200c\u200cخ", 0x200c},
                {"👨\u200d", 0x200d},
                {"👨\u200da", 0x200d},
                {"a\u202eb", 0x202e},
                {"\u200eab", 0x200e},
                {"a\u00adb", 0xad},
                {"a\nb", 0x0a},
                {"a\u2028b", 0x2028},
                {"a\u0085", 0x85},
                {"\u3164", 0x3164},
                {" \ufe0f", 0xfe0f},
                {"\ufe0f", 0xfe0f},
                {"a\ufeff", 0xfeff},
                {"\x7f", 0x7f},
                {"\U000e0041", 0xe0041}};
    for (const auto& [text, sign] : rows) {
        CAPTURE(text);
        CHECK(base::out_of_place(text) == sign);
    }
}

TEST_CASE("a sign has the name that Unicode prints") {
    CHECK(base::name_of(0x202e) == "U+202E");
    CHECK(base::name_of(0) == "U+0000");
    CHECK(base::name_of(0xe0041) == "U+E0041");
}

TEST_CASE("spaces, dashes and digits are put plainly, and what nobody sees is left out") {
    CHECK(base::plainly("6711\u00a0AB") == "6711 AB");
    CHECK(base::plainly("06\u201112\u202f34") == "06-12 34");
    CHECK(base::plainly("١٠١٢ ۹ ７") == "1012 9 7");
    CHECK(base::plainly("Rot\u00adter\u200bdam") == "Rotterdam");
    CHECK(base::plainly("a\xff\u00a0z") == "a\xff z");
    CHECK(base::plainly("Zürich") == "Zürich");
}
