// What a sign is to a reader: a space, a dash, a digit, or nothing that anybody sees. One notion for places,
// postcodes, receipts, texts, addresses and numbers, because what is copied from a page or typed on another
// keyboard comes in all of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

// Unicode's properties White_Space, Dash and Bidi_Control.
[[nodiscard]] bool is_space(char32_t point);
[[nodiscard]] bool is_dash(char32_t point);
[[nodiscard]] bool is_bidi_mark(char32_t point);

// Default_Ignorable_Code_Point, and the marks of annotations: signs of no width, those that set the direction
// of writing, fillers, variation selectors, tags. They part words, turn a number around or keep two equal
// names apart.
[[nodiscard]] bool is_unseen(char32_t point);
// Of them, those that choose the shape of the sign before.
[[nodiscard]] bool is_variation(char32_t point);
// U+200C and U+200D, which Persian, the languages of India and pictures made of several need.
[[nodiscard]] constexpr bool is_joiner(char32_t point) { return point == 0x200c || point == 0x200d; }

// C0, DEL, C1, and the ends of lines and paragraphs U+2028 and U+2029.
[[nodiscard]] bool is_control(char32_t point);

// ASCII, Arabic-Indic, extended Arabic-Indic and full-width digits (protocol §6).
[[nodiscard]] std::optional<char> ascii_digit(char32_t point);

// Nothing that anybody sees: spaces, controls, unseen signs and the empty braille pattern. What is no UTF-8
// is something.
[[nodiscard]] bool blank(std::string_view utf8);

// The first sign that has no business in a text of one line: a control, or an unseen one. Joiners between
// letters of scripts that need them and between pictures belong there, and so do variation selectors behind a
// sign that is seen. Reads up to the first byte that is no UTF-8.
[[nodiscard]] std::optional<char32_t> out_of_place(std::string_view utf8);

// "U+202E".
[[nodiscard]] std::string name_of(char32_t point);

// Every space as ' ', every dash as '-', every digit in ASCII, unseen signs left out, the rest as it is: for
// looking for postcodes and numbers. Bytes that are no UTF-8 stay.
[[nodiscard]] std::string plainly(std::string_view text);

}  // namespace base
