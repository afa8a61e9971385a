// UTF-8, read strictly (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <optional>
#include <string_view>

namespace guide {

// Takes the first code point off `rest`, which must not be empty; nothing, and `rest` untouched, where no
// well-formed one stands there.
[[nodiscard]] std::optional<char32_t> next_code_point(std::string_view& rest);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace guide
