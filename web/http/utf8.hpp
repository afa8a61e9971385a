// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing over U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace http {

// The length (1 to 4) of the well-formed sequence at the start of `text`, or 0 where none stands there.
[[nodiscard]] std::size_t utf8_sequence(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace http
