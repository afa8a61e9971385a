// Signs that nobody sees, as they come along when a text is copied: they part words, turn a number around or
// keep two equal names apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guide {

// The soft hyphen, signs of no width, and those that set the direction of writing (of Unicode's category Cf).
[[nodiscard]] bool is_unseen(char32_t point);

// The first of them in a text that is UTF-8, or of the controls and ends of lines beyond ASCII: as "U+202E".
[[nodiscard]] std::optional<std::string> unseen_in(std::string_view text);

}  // namespace guide
