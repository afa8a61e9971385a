// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing over U+10FFFF. The one decoder of
// all programs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// Takes the first code point off `rest`; nothing, and `rest` untouched, where it is empty or no well-formed
// one stands there.
[[nodiscard]] std::optional<char32_t> take_point(std::string_view& rest);

// The length (1 to 4) of the well-formed sequence at the start of `text`, or 0 where none stands there.
[[nodiscard]] std::size_t utf8_sequence(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);

// `point` must be a code point and no surrogate.
void append_utf8(std::string& to, char32_t point);

}  // namespace base
